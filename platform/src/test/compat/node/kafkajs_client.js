// Creates a topic, writes 1000 records and reads them back with kafkajs.
//
// The consumer of kafkajs always joins a group, which is why reading goes through its admin client's offsets and a
// cluster's fetch: the same requests, without a group.
const { Kafka, logLevel, CompressionTypes } = require('kafkajs')

async function main() {
  const [bootstrap, topic] = process.argv.slice(2)
  const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.ERROR })
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 2, replicationFactor: 1 }], waitForLeaders: true })

  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  const written = Array.from({ length: 1000 }, (_, i) => `value ${i}`)
  for (let start = 0; start < written.length; start += 100) {
    await producer.send({
      topic,
      acks: -1,
      compression: CompressionTypes.GZIP,
      messages: written.slice(start, start + 100).map(value => ({ key: 'k', value, partition: 1 })),
    })
  }
  await producer.disconnect()

  const offsets = await admin.fetchTopicOffsets(topic)
  const end = offsets.find(({ partition }) => partition === 1)
  if (end.low !== '0' || end.high !== '1000') throw new Error(JSON.stringify(offsets))
  await admin.disconnect()

  const read = await readPartition(bootstrap, topic, 1, 1000)
  if (JSON.stringify(read) !== JSON.stringify(written)) throw new Error(`read ${read.length}: ${read.slice(0, 5)}`)
  console.log('read back', read.length)
}

async function readPartition(bootstrap, topic, partition, count) {
  const createCluster = require('kafkajs/src/cluster')
  const createSocketFactory = require('kafkajs/src/network/socketFactory')
  const { createLogger } = require('kafkajs/src/loggers')
  const LoggerConsole = require('kafkajs/src/loggers/console')
  const cluster = new createCluster({
    logger: createLogger({ level: logLevel.ERROR, logCreator: LoggerConsole }),
    socketFactory: createSocketFactory(),
    brokers: [bootstrap],
    clientId: 'reader',
    metadataMaxAge: 300000,
    connectionTimeout: 5000,
    requestTimeout: 30000,
    enforceRequestTimeout: true,
    retry: {},
    instrumentationEmitter: null,
    offsets: new Map(),
  })
  await cluster.connect()
  await cluster.addTargetTopic(topic)
  await cluster.refreshMetadata()
  const leader = Number(Object.keys(cluster.findLeaderForPartitions(topic, [partition]))[0])
  const broker = await cluster.findBroker({ nodeId: leader })
  const read = []
  const deadline = Date.now() + 30000
  while (read.length < count && Date.now() < deadline) {
    const { responses } = await broker.fetch({
      maxWaitTime: 500,
      minBytes: 1,
      maxBytes: 1000000,
      isolationLevel: 1,
      topics: [{ topic, partitions: [{ partition, fetchOffset: String(read.length), maxBytes: 1000000 }] }],
    })
    for (const { messages } of responses[0].partitions) {
      for (const { offset, value } of messages) if (Number(offset) === read.length) read.push(value.toString())
    }
  }
  await cluster.disconnect()
  return read
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})

// One member of a group with kafkajs.
const { Kafka, logLevel, PartitionAssigners } = require('kafkajs')
const readline = require('readline')

const [bootstrap, topic, groupId, , , reset] = process.argv.slice(2)
const PARTITIONS = 6
const say = line => process.stdout.write(line + '\n')
const list = numbers => [...numbers].sort((a, b) => a - b).join(',') || '-'

async function main() {
  const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING })
  if (reset === 'reset') {
    const admin = kafka.admin()
    await admin.connect()
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: '0' }))
    await admin.setOffsets({ groupId, topic, partitions })
    await admin.disconnect()
    say('reset')
  }
  const consumer = kafka.consumer({
    groupId,
    sessionTimeout: 6000,
    rebalanceTimeout: 10000,
    heartbeatInterval: 300,
    maxWaitTimeInMs: 200,
    partitionAssigners: [PartitionAssigners.roundRobin],
  })
  // The assignment comes without its generation, which the first heartbeat after it has.
  let assigned = null
  const positions = new Map()
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    assigned = payload.memberAssignment[topic] || []
  })
  consumer.on(consumer.events.HEARTBEAT, ({ payload }) => {
    if (assigned !== null) say(`owns ${payload.groupGenerationId} ${list(assigned)}`)
    assigned = null
  })
  consumer.on(consumer.events.REBALANCING, () => say('revoked -'))
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  await consumer.run({
    autoCommit: false,
    eachMessage: async ({ partition, message }) => {
      positions.set(partition, Number(message.offset) + 1)
      say(`seen ${partition} ${message.offset} ${message.value}`)
    },
  })

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [command, start, end] = line.split(' ')
    if (command === 'produce') {
      await produce(kafka, Number(start), Number(end))
    } else if (command === 'commit') {
      await consumer.commitOffsets([...positions].map(([partition, offset]) => ({ topic, partition, offset: String(offset) })))
      say('committed')
    } else {
      break
    }
  }
  await consumer.disconnect()
  say('closed')
  process.exit(0)
}

async function produce(kafka, start, end) {
  const producer = kafka.producer()
  await producer.connect()
  const messages = []
  for (let i = start; i < end; i++) messages.push({ value: `v${i}`, partition: i % PARTITIONS })
  await producer.send({ topic, acks: -1, messages })
  await producer.disconnect()
  say(`produced ${end - start}`)
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})

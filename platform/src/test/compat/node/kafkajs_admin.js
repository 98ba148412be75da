// Administration with kafkajs.
const { Kafka, logLevel, ConfigResourceTypes } = require('kafkajs')

const [bootstrap, topic, groupId] = process.argv.slice(2)
const say = line => process.stdout.write(line + '\n')

// Asks until the answer is the one that is wanted, because brokers of a cluster learn of changes one after the other;
// the last answer after some seconds.
async function until(wanted, ask) {
  const deadline = Date.now() + 10000
  for (;;) {
    const answer = await ask()
    if (answer === wanted || Date.now() > deadline) return answer
  }
}

async function main() {
  const kafka = new Kafka({ brokers: [bootstrap], logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const resource = { type: ConfigResourceTypes.TOPIC, name: topic }
  const partitions = async () => (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0].partitions.length
  const retention = async () => {
    const { resources } = await admin.describeConfigs({ resources: [resource], includeSynonyms: false })
    return resources[0].configEntries.find(({ configName }) => configName === 'retention.ms').configValue
  }
  const isGroupListed = async () => (await admin.listGroups()).groups.some(group => group.groupId === groupId)

  const configEntries = [{ name: 'retention.ms', value: '60000' }]
  await admin.createTopics({ topics: [{ topic, numPartitions: 2, replicationFactor: 1, configEntries }] })
  say(`partitions ${await until(2, partitions)}`)
  say(`retention.ms ${await until('60000', retention)}`)
  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ ...resource, configEntries: [{ name: 'retention.ms', value: '120000' }] }],
  })
  say(`retention.ms ${await until('120000', retention)}`)
  await admin.createPartitions({ topicPartitions: [{ topic, count: 4 }] })
  say(`partitions ${await until(4, partitions)}`)
  const producer = kafka.producer()
  await producer.connect()
  const messages = Array.from({ length: 10 }, (_, i) => ({ value: `v${i}`, partition: 0 }))
  await producer.send({ topic, acks: -1, messages })
  await producer.disconnect()
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '4' }] })
  const offsets = (await admin.fetchTopicOffsets(topic)).find(({ partition }) => partition === 0)
  say(`offsets ${offsets.low} ${offsets.high}`)

  await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '7' }] })
  const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] })
  say(`group offset ${committed.partitions.find(({ partition }) => partition === 0).offset}`)
  say(`group listed ${await isGroupListed()}`)
  const { groups } = await admin.describeGroups([groupId])
  say(`group state ${groups[0].state}`)
  await admin.deleteGroups([groupId])
  say(`group listed ${await isGroupListed()}`)

  await admin.deleteTopics({ topics: [topic] })
  say(`topic listed ${await until(false, async () => (await admin.listTopics()).includes(topic))}`)
  await admin.disconnect()
}

main().catch(error => {
  console.error(error)
  process.exit(1)
})

package main

import (
	"context"
	"fmt"
	"log"
	"slices"
	"sync"
	"time"

	"github.com/IBM/sarama"
)

func saramaConfig() *sarama.Config {
	config := sarama.NewConfig()
	config.Version = sarama.MaxVersion
	config.Producer.Return.Successes = true
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Producer.Partitioner = sarama.NewManualPartitioner
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.MaxWaitTime = 200 * time.Millisecond
	return config
}

func saramaAdminClient(bootstrap string) sarama.ClusterAdmin {
	admin, err := sarama.NewClusterAdmin([]string{bootstrap}, saramaConfig())
	check(err)
	return admin
}

func saramaSend(config *sarama.Config, bootstrap string, messages []*sarama.ProducerMessage) {
	producer, err := sarama.NewSyncProducer([]string{bootstrap}, config)
	check(err)
	check(producer.SendMessages(messages))
	check(producer.Close())
}

// Creates a topic, writes 1000 records and reads them back.
func saramaRoundTrip(arguments []string) {
	const records = 1000
	bootstrap, topic := arguments[0], arguments[1]
	admin := saramaAdminClient(bootstrap)
	check(admin.CreateTopic(topic, &sarama.TopicDetail{NumPartitions: 2, ReplicationFactor: 1}, false))
	check(admin.Close())

	config := saramaConfig()
	config.Producer.Compression = sarama.CompressionZSTD
	config.Producer.Idempotent = true
	config.Net.MaxOpenRequests = 1
	var messages []*sarama.ProducerMessage
	for i := range records {
		messages = append(messages, &sarama.ProducerMessage{
			Topic: topic, Partition: 1, Value: sarama.StringEncoder(fmt.Sprintf("value %d", i))})
	}
	saramaSend(config, bootstrap, messages)

	consumer, err := sarama.NewConsumer([]string{bootstrap}, config)
	check(err)
	partition, err := consumer.ConsumePartition(topic, 1, sarama.OffsetOldest)
	check(err)
	deadline := time.After(60 * time.Second)
	for read := range records {
		select {
		case message := <-partition.Messages():
			if want := fmt.Sprintf("value %d", read); string(message.Value) != want || message.Offset != int64(read) {
				log.Fatalf("offset %d: found %q, expected %q", message.Offset, message.Value, want)
			}
		case <-deadline:
			log.Fatalf("read %d", read)
		}
	}
	check(partition.Close())
	check(consumer.Close())
	fmt.Println("read back", records)
}

type saramaHandler struct {
	topic   string
	mutex   sync.Mutex
	session sarama.ConsumerGroupSession
}

func (h *saramaHandler) Setup(session sarama.ConsumerGroupSession) error {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.session = session
	say("owns %d %s", session.GenerationID(), list(slices.Clone(session.Claims()[h.topic])))
	return nil
}

func (h *saramaHandler) Cleanup(session sarama.ConsumerGroupSession) error {
	say("revoked %s", list(slices.Clone(session.Claims()[h.topic])))
	return nil
}

func (h *saramaHandler) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for message := range claim.Messages() {
		session.MarkMessage(message, "")
		say("seen %d %d %s", message.Partition, message.Offset, message.Value)
	}
	return nil
}

func saramaMember(arguments []string) {
	bootstrap, topic, group, instance, reset := arguments[0], arguments[1], arguments[2], arguments[4], arguments[5]
	config := saramaConfig()
	config.Consumer.Group.Session.Timeout = 6 * time.Second
	config.Consumer.Group.Heartbeat.Interval = 500 * time.Millisecond
	config.Consumer.Group.Rebalance.Timeout = 10 * time.Second
	config.Consumer.Group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{sarama.NewBalanceStrategyRange()}
	config.Consumer.Offsets.AutoCommit.Enable = false
	if instance != "-" {
		config.Consumer.Group.InstanceId = instance
		config.Consumer.Group.Session.Timeout = 30 * time.Second
	}
	if reset == "reset" {
		saramaReset(config, bootstrap, topic, group)
	}
	consumer, err := sarama.NewConsumerGroup([]string{bootstrap}, group, config)
	check(err)
	handler := &saramaHandler{topic: topic}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan bool)
	go func() {
		for ctx.Err() == nil {
			if err := consumer.Consume(ctx, []string{topic}, handler); err != nil && ctx.Err() == nil {
				log.Fatal(err)
			}
		}
		close(ended)
	}()
	for command := range readCommands() {
		switch command[0] {
		case "produce":
			start, end := span(command)
			var messages []*sarama.ProducerMessage
			for i := start; i < end; i++ {
				messages = append(messages, &sarama.ProducerMessage{Topic: topic,
					Partition: int32(i % groupPartitions), Value: sarama.StringEncoder(fmt.Sprintf("v%d", i))})
			}
			saramaSend(saramaConfig(), bootstrap, messages)
			say("produced %d", end-start)
		case "commit":
			handler.mutex.Lock()
			handler.session.Commit()
			handler.mutex.Unlock()
			say("committed")
		default:
			cancel()
			<-ended
			check(consumer.Close())
			say("closed")
			return
		}
	}
}

func saramaReset(config *sarama.Config, bootstrap, topic, group string) {
	client, err := sarama.NewClient([]string{bootstrap}, config)
	check(err)
	offsets, err := sarama.NewOffsetManagerFromClient(group, client)
	check(err)
	for partition := range int32(groupPartitions) {
		manager, err := offsets.ManagePartition(topic, partition)
		check(err)
		manager.ResetOffset(0, "")
	}
	offsets.Commit()
	check(offsets.Close())
	check(client.Close())
	say("reset")
}

func saramaAdmin(arguments []string) {
	bootstrap, topic, group := arguments[0], arguments[1], arguments[2]
	admin := saramaAdminClient(bootstrap)
	describe := func(wanted int) {
		say("partitions %d", until(wanted, func() int {
			topics, err := admin.DescribeTopics([]string{topic})
			check(err)
			return len(topics[0].Partitions)
		}))
	}
	retention := func(wanted string) {
		say("retention.ms %s", until(wanted, func() string {
			configs, err := admin.DescribeConfig(sarama.ConfigResource{Type: sarama.TopicResource, Name: topic})
			check(err)
			for _, config := range configs {
				if config.Name == "retention.ms" {
					return config.Value
				}
			}
			return ""
		}))
	}
	minute, twoMinutes := "60000", "120000"
	check(admin.CreateTopic(topic, &sarama.TopicDetail{
		NumPartitions: 2, ReplicationFactor: 1, ConfigEntries: map[string]*string{"retention.ms": &minute}}, false))
	describe(2)
	retention("60000")
	check(admin.IncrementalAlterConfig(sarama.TopicResource, topic, map[string]sarama.IncrementalAlterConfigsEntry{
		"retention.ms": {Operation: sarama.IncrementalAlterConfigsOperationSet, Value: &twoMinutes}}, false))
	retention("120000")
	check(admin.CreatePartitions(topic, 4, nil, false))
	describe(4)
	var messages []*sarama.ProducerMessage
	for i := range 10 {
		messages = append(messages, &sarama.ProducerMessage{Topic: topic, Value: sarama.StringEncoder(fmt.Sprint(i))})
	}
	saramaSend(saramaConfig(), bootstrap, messages)
	check(admin.DeleteRecords(topic, map[int32]int64{0: 4}))
	client, err := sarama.NewClient([]string{bootstrap}, saramaConfig())
	check(err)
	first, err := client.GetOffset(topic, 0, sarama.OffsetOldest)
	check(err)
	last, err := client.GetOffset(topic, 0, sarama.OffsetNewest)
	check(err)
	say("offsets %d %d", first, last)
	saramaGroups(client, admin, group, topic)
	check(admin.DeleteTopic(topic))
	say("topic listed %t", until(false, func() bool {
		topics, err := admin.ListTopics()
		check(err)
		_, found := topics[topic]
		return found
	}))
	check(client.Close())
	check(admin.Close())
}

func saramaGroups(client sarama.Client, admin sarama.ClusterAdmin, group, topic string) {
	listed := func() {
		groups, err := admin.ListConsumerGroups()
		check(err)
		_, found := groups[group]
		say("group listed %t", found)
	}
	offsets, err := sarama.NewOffsetManagerFromClient(group, client)
	check(err)
	manager, err := offsets.ManagePartition(topic, 0)
	check(err)
	manager.MarkOffset(7, "")
	offsets.Commit()
	check(offsets.Close())
	committed, err := admin.ListConsumerGroupOffsets(group, map[string][]int32{topic: {0}})
	check(err)
	say("group offset %d", committed.GetBlock(topic, 0).Offset)
	listed()
	described, err := admin.DescribeConsumerGroups([]string{group})
	check(err)
	say("group state %s", described[0].State)
	check(admin.DeleteConsumerGroupOffset(group, topic, 0))
	committed, err = admin.ListConsumerGroupOffsets(group, nil)
	check(err)
	say("group offsets %d", len(committed.Blocks))
	check(admin.DeleteConsumerGroup(group))
	listed()
}

package main

import (
	"context"
	"fmt"
	"log"
	"maps"
	"slices"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

func franzClient(options ...kgo.Opt) *kgo.Client {
	client, err := kgo.NewClient(options...)
	check(err)
	return client
}

// Creates a topic, writes 1000 records and reads them back.
func franzRoundTrip(arguments []string) {
	const records = 1000
	bootstrap, topic := arguments[0], arguments[1]
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()

	producer := franzClient(kgo.SeedBrokers(bootstrap), kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.ProducerBatchCompression(kgo.ZstdCompression()))
	_, err := kadm.NewClient(producer).CreateTopic(ctx, 2, 1, nil, topic)
	check(err)
	var batch []*kgo.Record
	for i := range records {
		batch = append(batch, &kgo.Record{Topic: topic, Partition: 1, Value: fmt.Appendf(nil, "value %d", i)})
	}
	check(producer.ProduceSync(ctx, batch...).FirstErr())
	producer.Close()

	consumer := franzClient(kgo.SeedBrokers(bootstrap), kgo.ConsumePartitions(
		map[string]map[int32]kgo.Offset{topic: {1: kgo.NewOffset().AtStart()}}))
	defer consumer.Close()
	for read := 0; read < records; {
		fetches := consumer.PollFetches(ctx)
		for _, e := range fetches.Errors() {
			check(e.Err)
		}
		fetches.EachRecord(func(r *kgo.Record) {
			if want := fmt.Sprintf("value %d", read); string(r.Value) != want || r.Offset != int64(read) {
				log.Fatalf("offset %d: found %q, expected %q", r.Offset, r.Value, want)
			}
			read++
		})
	}
	fmt.Println("read back", records)
}

func franzMember(arguments []string) {
	bootstrap, topic, group, protocol, instance, reset :=
		arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]
	ctx := context.Background()
	if reset == "reset" {
		franzReset(ctx, bootstrap, topic, group)
	}
	owned := map[int32]bool{}
	options := []kgo.Opt{
		kgo.SeedBrokers(bootstrap), kgo.ConsumerGroup(group), kgo.ConsumeTopics(topic),
		kgo.SessionTimeout(6 * time.Second), kgo.HeartbeatInterval(500 * time.Millisecond),
		kgo.RebalanceTimeout(10 * time.Second), kgo.DisableAutoCommit(),
		kgo.FetchMaxWait(200 * time.Millisecond),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.OnPartitionsAssigned(func(_ context.Context, client *kgo.Client, assigned map[string][]int32) {
			for _, partition := range assigned[topic] {
				owned[partition] = true
			}
			_, generation := client.GroupMetadata()
			say("owns %d %s", generation, list(slices.Collect(maps.Keys(owned))))
		}),
		kgo.OnPartitionsRevoked(func(_ context.Context, _ *kgo.Client, revoked map[string][]int32) {
			for _, partition := range revoked[topic] {
				delete(owned, partition)
			}
			say("revoked %s", list(revoked[topic]))
		}),
	}
	if protocol == "cooperative" {
		options = append(options, kgo.Balancers(kgo.CooperativeStickyBalancer()))
	} else {
		options = append(options, kgo.Balancers(kgo.RangeBalancer()))
	}
	if instance != "-" {
		options = append(options, kgo.InstanceID(instance), kgo.SessionTimeout(30*time.Second))
	}
	consumer := franzClient(options...)
	commands := readCommands()
	for {
		poll, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		fetches := consumer.PollFetches(poll)
		cancel()
		fetches.EachRecord(func(r *kgo.Record) { say("seen %d %d %s", r.Partition, r.Offset, r.Value) })
		select {
		case command := <-commands:
			switch command[0] {
			case "produce":
				franzProduce(ctx, bootstrap, topic, command)
			case "commit":
				check(consumer.CommitUncommittedOffsets(ctx))
				say("committed")
			default:
				consumer.Close()
				say("closed")
				return
			}
		default:
		}
	}
}

func franzReset(ctx context.Context, bootstrap, topic, group string) {
	client := franzClient(kgo.SeedBrokers(bootstrap))
	defer client.Close()
	offsets := kadm.Offsets{}
	for partition := range int32(groupPartitions) {
		offsets.AddOffset(topic, partition, 0, -1)
	}
	check(kadm.NewClient(client).CommitAllOffsets(ctx, group, offsets))
	say("reset")
}

func franzProduce(ctx context.Context, bootstrap, topic string, command []string) {
	producer := franzClient(kgo.SeedBrokers(bootstrap), kgo.RecordPartitioner(kgo.ManualPartitioner()))
	defer producer.Close()
	start, end := span(command)
	var batch []*kgo.Record
	for i := start; i < end; i++ {
		batch = append(batch, &kgo.Record{
			Topic: topic, Partition: int32(i % groupPartitions), Value: fmt.Appendf(nil, "v%d", i)})
	}
	check(producer.ProduceSync(ctx, batch...).FirstErr())
	say("produced %d", end-start)
}

func franzAdmin(arguments []string) {
	bootstrap, topic, group := arguments[0], arguments[1], arguments[2]
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	client := franzClient(kgo.SeedBrokers(bootstrap), kgo.RecordPartitioner(kgo.ManualPartitioner()))
	defer client.Close()
	admin := kadm.NewClient(client)

	describe := func(wanted int) {
		say("partitions %d", until(wanted, func() int {
			client.ForceMetadataRefresh()
			topics, err := admin.ListTopics(ctx, topic)
			check(err)
			return len(topics[topic].Partitions)
		}))
	}
	retention := func(wanted string) {
		say("retention.ms %s", until(wanted, func() string {
			configs, err := admin.DescribeTopicConfigs(ctx, topic)
			check(err)
			for _, config := range configs[0].Configs {
				if config.Key == "retention.ms" {
					return config.MaybeValue()
				}
			}
			return ""
		}))
	}
	_, err := admin.CreateTopic(ctx, 2, 1, map[string]*string{"retention.ms": kadm.StringPtr("60000")}, topic)
	check(err)
	describe(2)
	retention("60000")
	altered, err := admin.AlterTopicConfigs(ctx,
		[]kadm.AlterConfig{{Op: kadm.SetConfig, Name: "retention.ms", Value: kadm.StringPtr("120000")}}, topic)
	check(err)
	check(altered[0].Err)
	retention("120000")
	grown, err := admin.UpdatePartitions(ctx, 4, topic)
	check(err)
	check(grown[topic].Err)
	describe(4)
	for i := range 10 {
		check(client.ProduceSync(ctx, &kgo.Record{Topic: topic, Value: fmt.Appendf(nil, "v%d", i)}).FirstErr())
	}
	before := kadm.Offsets{}
	before.AddOffset(topic, 0, 4, -1)
	deleted, err := admin.DeleteRecords(ctx, before)
	check(err)
	check(deleted.Error())
	first, err := admin.ListStartOffsets(ctx, topic)
	check(err)
	last, err := admin.ListEndOffsets(ctx, topic)
	check(err)
	say("offsets %d %d", first[topic][0].Offset, last[topic][0].Offset)
	franzGroups(ctx, admin, group, topic)
	_, err = admin.DeleteTopic(ctx, topic)
	check(err)
	say("topic listed %t", until(false, func() bool {
		left, err := admin.ListTopics(ctx)
		check(err)
		return left.Has(topic)
	}))
}

func franzGroups(ctx context.Context, admin *kadm.Client, group, topic string) {
	listed := func() {
		groups, err := admin.ListGroups(ctx)
		check(err)
		_, found := groups[group]
		say("group listed %t", found)
	}
	offsets := kadm.Offsets{}
	offsets.AddOffset(topic, 0, 7, -1)
	check(admin.CommitAllOffsets(ctx, group, offsets))
	committed, err := admin.FetchOffsets(ctx, group)
	check(err)
	offset, _ := committed.Lookup(topic, 0)
	say("group offset %d", offset.At)
	listed()
	described, err := admin.DescribeGroups(ctx, group)
	check(err)
	say("group state %s", described[group].State)
	only := kadm.TopicsSet{}
	only.Add(topic, 0)
	deleted, err := admin.DeleteOffsets(ctx, group, only)
	check(err)
	check(deleted.Error())
	committed, err = admin.FetchOffsets(ctx, group)
	check(err)
	say("group offsets %d", len(committed))
	_, err = admin.DeleteGroup(ctx, group)
	check(err)
	listed()
}

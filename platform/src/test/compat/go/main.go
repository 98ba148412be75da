// Creates a topic, writes 1000 records and reads them back with franz-go.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
	"github.com/twmb/franz-go/pkg/kmsg"
)

const records = 1000

func main() {
	bootstrap, topic := os.Args[1], os.Args[2]
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()

	producer, err := kgo.NewClient(kgo.SeedBrokers(bootstrap), kgo.RecordPartitioner(kgo.ManualPartitioner()),
		kgo.ProducerBatchCompression(kgo.ZstdCompression()))
	check(err)
	create(ctx, producer, topic)
	var batch []*kgo.Record
	for i := range records {
		batch = append(batch, &kgo.Record{Topic: topic, Partition: 1, Value: fmt.Appendf(nil, "value %d", i)})
	}
	check(producer.ProduceSync(ctx, batch...).FirstErr())
	producer.Close()

	consumer, err := kgo.NewClient(kgo.SeedBrokers(bootstrap), kgo.ConsumePartitions(
		map[string]map[int32]kgo.Offset{topic: {1: kgo.NewOffset().AtStart()}}))
	check(err)
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

func create(ctx context.Context, client *kgo.Client, topic string) {
	request := kmsg.NewCreateTopicsRequest()
	request.TimeoutMillis = 10000
	one := kmsg.NewCreateTopicsRequestTopic()
	one.Topic, one.NumPartitions, one.ReplicationFactor = topic, 2, 1
	request.Topics = append(request.Topics, one)
	response, err := request.RequestWith(ctx, client)
	check(err)
	if code := response.Topics[0].ErrorCode; code != 0 {
		log.Fatalf("creating %s: error %d", topic, code)
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// Writes ten records to the topic hello and reads them back.
//
//	go run . localhost:9092
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run . HOST:PORT")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	client, err := kgo.NewClient(kgo.SeedBrokers(os.Args[1]), kgo.AllowAutoTopicCreation(),
		kgo.RecordPartitioner(kgo.ManualPartitioner()))
	check(err)
	defer client.Close()

	var first int64
	for i := range 10 {
		record := &kgo.Record{Topic: "hello", Value: fmt.Appendf(nil, "from Go %d", i)}
		check(client.ProduceSync(ctx, record).FirstErr())
		if i == 0 {
			first = record.Offset
		}
	}

	client.AddConsumePartitions(map[string]map[int32]kgo.Offset{"hello": {0: kgo.NewOffset().At(first)}})
	for read := 0; read < 10; {
		fetches := client.PollFetches(ctx)
		for _, e := range fetches.Errors() {
			check(e.Err)
		}
		fetches.EachRecord(func(r *kgo.Record) {
			fmt.Printf("offset %d: %s\n", r.Offset, r.Value)
			read++
		})
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

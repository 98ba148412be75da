// Small programs with franz-go and sarama: `client franz|sarama roundtrip|member|admin ARGUMENTS`.
package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// What the story of a group is told with.
const groupPartitions = 6

func main() {
	programs := map[string]func([]string){
		"franz roundtrip":  franzRoundTrip,
		"franz member":     franzMember,
		"franz admin":      franzAdmin,
		"sarama roundtrip": saramaRoundTrip,
		"sarama member":    saramaMember,
		"sarama admin":     saramaAdmin,
	}
	programs[os.Args[1]+" "+os.Args[2]](os.Args[3:])
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

var output sync.Mutex

func say(format string, values ...any) {
	output.Lock()
	defer output.Unlock()
	fmt.Printf(format+"\n", values...)
}

func list(partitions []int32) string {
	slices.Sort(partitions)
	var words []string
	for _, partition := range partitions {
		words = append(words, strconv.Itoa(int(partition)))
	}
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, ",")
}

// Asks until the answer is the one that is wanted, because brokers of a cluster learn of changes one after the other;
// the last answer after some seconds.
func until[T comparable](wanted T, ask func() T) T {
	deadline := time.Now().Add(10 * time.Second)
	for {
		answer := ask()
		if answer == wanted || time.Now().After(deadline) {
			return answer
		}
	}
}

// The commands of a member; the end of the input is one to close.
func readCommands() chan []string {
	commands := make(chan []string, 16)
	go func() {
		lines := bufio.NewScanner(os.Stdin)
		for lines.Scan() {
			commands <- strings.Fields(lines.Text())
		}
		commands <- []string{"close"}
	}()
	return commands
}

func span(command []string) (int, int) {
	start, err := strconv.Atoi(command[1])
	check(err)
	end, err := strconv.Atoi(command[2])
	check(err)
	return start, end
}

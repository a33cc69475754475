// SPDX-License-Identifier: Apache-2.0

// Makes calls of one method with gRPC for Go and counts what came back:
// calls ADDRESS CA PATH FILE COUNT. FILE has the message.
package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
)

// Messages are bytes already.
type raw struct{}

func (raw) Marshal(value interface{}) ([]byte, error) { return *value.(*[]byte), nil }

func (raw) Unmarshal(data []byte, value interface{}) error {
	*value.(*[]byte) = append([]byte(nil), data...)
	return nil
}

func (raw) Name() string   { return "proto" }
func (raw) String() string { return "proto" }

const atOnce = 100

func main() {
	address, path := os.Args[1], os.Args[3]
	pool := x509.NewCertPool()
	authority, err := os.ReadFile(os.Args[2])
	if err != nil || !pool.AppendCertsFromPEM(authority) {
		panic("no certificate authority")
	}
	message, err := os.ReadFile(os.Args[4])
	if err != nil {
		panic(err)
	}
	count, err := strconv.Atoi(os.Args[5])
	if err != nil {
		panic(err)
	}
	identity := credentials.NewTLS(&tls.Config{RootCAs: pool, ServerName: "localhost"})
	connection, err := grpc.Dial(address, grpc.WithTransportCredentials(identity),
		grpc.WithDefaultCallOptions(grpc.ForceCodec(raw{})))
	if err != nil {
		panic(err)
	}
	defer connection.Close()
	work := make(chan struct{}, count)
	for index := 0; index < count; index++ {
		work <- struct{}{}
	}
	close(work)
	var group sync.WaitGroup
	var mutex sync.Mutex
	good := 0
	for index := 0; index < atOnce; index++ {
		group.Add(1)
		go func() {
			defer group.Done()
			for range work {
				context, cancel := context.WithTimeout(context.Background(), time.Minute)
				var answer []byte
				err := connection.Invoke(context, path, &message, &answer)
				cancel()
				mutex.Lock()
				if err == nil && len(answer) > 0 {
					good++
				} else {
					fmt.Fprintln(os.Stderr, err)
				}
				mutex.Unlock()
			}
		}()
	}
	group.Wait()
	fmt.Println(good)
}

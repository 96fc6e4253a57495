// SPDX-License-Identifier: Apache-2.0
package controlplane

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
)

// Below the ports that the kernel gives to outgoing connections, so that none of those comes between.
const firstPort, lastPort = 20000, 32000

// Loopback chooses free ports of 127.0.0.1, for a control plane without a node. Other testbeds choose others as long as the
// claims are not closed.
func Loopback() (Place, []net.Listener, error) {
	var ports []int
	var claims []net.Listener
	for attempt := 0; len(ports) < 3; attempt++ {
		if attempt == 1000 {
			return Place{}, nil, errors.New("no free port on 127.0.0.1")
		}
		port := firstPort + rand.IntN(lastPort-firstPort)
		if claim := claim(port); claim != nil {
			ports = append(ports, port)
			claims = append(claims, claim)
		}
	}
	return Place{
		Address: "127.0.0.1", APIPort: ports[0], EtcdPort: ports[1], PeerPort: ports[2],
		Services: "10.96.0.0/20", APIService: "10.96.0.1",
	}, claims, nil
}

// claim is nil when the port is taken. A name in the abstract namespace of sockets is what one process at a time can have,
// whoever's it is, and what ends with it.
func claim(port int) net.Listener {
	claim, err := net.Listen("unix", fmt.Sprintf("@defender-testbed-port-%d", port))
	if err != nil {
		return nil
	}
	listener, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		claim.Close()
		return nil
	}
	listener.Close()
	return claim
}

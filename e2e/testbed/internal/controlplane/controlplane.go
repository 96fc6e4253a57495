// SPDX-License-Identifier: Apache-2.0

// Package controlplane starts etcd, the API server, its controllers and the scheduler.
package controlplane

import (
	"context"
	"net"
	"os"
	"strconv"

	"dev.defender/testbed/internal/api"
	"dev.defender/testbed/internal/build"
	"dev.defender/testbed/internal/pki"
	"dev.defender/testbed/internal/process"
	"dev.defender/testbed/internal/state"
)

// NodeName is the name of the one node.
const NodeName = "testbed"

// Place is where the servers listen.
type Place struct {
	Address    string // of the API server
	APIPort    int
	EtcdPort   int
	PeerPort   int
	Services   string // address range
	APIService string // first address of the range
}

// Server is the API server's URL.
func (p Place) Server() string {
	return "https://" + net.JoinHostPort(p.Address, strconv.Itoa(p.APIPort))
}

func (p Place) etcd() string { return "http://127.0.0.1:" + strconv.Itoa(p.EtcdPort) }

func (p Place) peer() string { return "http://127.0.0.1:" + strconv.Itoa(p.PeerPort) }

// Plane is a running control plane.
type Plane struct {
	Place    Place
	dir      state.Dir
	binaries build.Binaries
	children *process.Children
	client   *api.Client
}

// Start starts etcd and the API server; it does not wait for them.
func Start(dir state.Dir, binaries build.Binaries, children *process.Children, place Place, options state.Options) (*Plane, error) {
	if err := credentials(dir, place); err != nil {
		return nil, err
	}
	if err := dir.NoteServer(place.Server()); err != nil {
		return nil, err
	}
	client, err := api.New(place.Server(), dir.Path("pki", "ca.crt"), dir.Path("pki", "admin.crt"), dir.Path("pki", "admin.key"))
	if err != nil {
		return nil, err
	}
	plane := &Plane{place, dir, binaries, children, client}
	if err := plane.etcd(); err != nil {
		return nil, err
	}
	return plane, plane.apiserver(options)
}

// Client speaks as the administrator.
func (p *Plane) Client() *api.Client { return p.client }

// AwaitReady waits until the API server serves.
func (p *Plane) AwaitReady(ctx context.Context) error {
	return api.Await(ctx, "API server ready", func(ctx context.Context) error {
		return p.client.Get(ctx, "/readyz", nil)
	})
}

func (p *Plane) etcd() error {
	_, err := p.children.Start("etcd", p.binaries.Path("kube"), "etcd",
		"--data-dir="+p.dir.Path("etcd"),
		"--listen-client-urls="+p.Place.etcd(), "--advertise-client-urls="+p.Place.etcd(),
		"--listen-peer-urls="+p.Place.peer(), "--initial-advertise-peer-urls="+p.Place.peer(),
		"--initial-cluster=default="+p.Place.peer(),
		// Nothing of it is wanted after a power cut.
		"--unsafe-no-fsync", "--log-level=warn")
	return err
}

func (p *Plane) apiserver(options state.Options) error {
	file := func(name string) string { return p.dir.Path("pki", name) }
	arguments := []string{
		p.binaries.Path("kube"), "apiserver",
		"--etcd-servers=" + p.Place.etcd(),
		"--bind-address=" + p.Place.Address, "--secure-port=" + strconv.Itoa(p.Place.APIPort),
		"--advertise-address=" + p.Place.Address,
		"--service-cluster-ip-range=" + p.Place.Services,
		"--client-ca-file=" + file("ca.crt"),
		"--tls-cert-file=" + file("apiserver.crt"), "--tls-private-key-file=" + file("apiserver.key"),
		"--service-account-issuer=https://kubernetes.default.svc.cluster.local",
		"--service-account-key-file=" + file("accounts.pub"), "--service-account-signing-key-file=" + file("accounts.key"),
		"--kubelet-certificate-authority=" + file("ca.crt"),
		"--kubelet-client-certificate=" + file("to-kubelet.crt"), "--kubelet-client-key=" + file("to-kubelet.key"),
		// By name would be a look-up in DNS, which knows nothing of nodes.
		"--kubelet-preferred-address-types=InternalIP",
		"--authorization-mode=Node,RBAC", "--enable-admission-plugins=NodeRestriction",
		"--allow-privileged", "--profiling=false",
	}
	if options.Audit || options.AuditPolicy != "" {
		more, err := p.audit(options.AuditPolicy)
		if err != nil {
			return err
		}
		arguments = append(arguments, more...)
	}
	if p.Place.Address == "127.0.0.1" {
		// The endpoint of the service "kubernetes" may not be a loopback address; nothing uses it here.
		arguments = append(arguments, "--endpoint-reconciler-type=none")
	}
	child, err := p.children.Start("apiserver", append(arguments, options.APIServerArgs...)...)
	if err != nil {
		return err
	}
	return p.dir.NoteAPIServer(child.PID)
}

// Restart kills the API server and starts it again, noting the process number of the new one.
func Restart(dir state.Dir, children *process.Children) error {
	child, err := children.Restart("apiserver")
	if err != nil {
		return err
	}
	return dir.NoteAPIServer(child.PID)
}

// Controllers starts the controllers; which is as in --controllers of kube-controller-manager.
func (p *Plane) Controllers(which string) error {
	_, err := p.children.Start("controllers", p.binaries.Path("kube"), "controllers",
		"--kubeconfig="+p.dir.Path("pki", "controllers.kubeconfig"),
		"--controllers="+which,
		"--service-account-private-key-file="+p.dir.Path("pki", "accounts.key"),
		"--root-ca-file="+p.dir.Path("pki", "ca.crt"),
		"--cluster-signing-cert-file="+p.dir.Path("pki", "ca.crt"), "--cluster-signing-key-file="+p.dir.Path("pki", "ca.key"),
		"--use-service-account-credentials", "--leader-elect=false",
		"--bind-address=127.0.0.1", "--secure-port=0",
		// With the default limit the first service account is there five seconds later.
		"--kube-api-qps=500", "--kube-api-burst=500")
	return err
}

// Scheduler starts the scheduler.
func (p *Plane) Scheduler() error {
	_, err := p.children.Start("scheduler", p.binaries.Path("kube"), "scheduler",
		"--kubeconfig="+p.dir.Path("pki", "scheduler.kubeconfig"), "--leader-elect=false",
		"--bind-address=127.0.0.1", "--secure-port=0")
	return err
}

// AwaitServiceAccount waits until pods can be created in the namespace "default": the controllers make its account.
func (p *Plane) AwaitServiceAccount(ctx context.Context) error {
	return api.Await(ctx, "service account", func(ctx context.Context) error {
		return p.client.Get(ctx, "/api/v1/namespaces/default/serviceaccounts/default", nil)
	})
}

func credentials(dir state.Dir, place Place) error {
	authority, err := pki.New(dir.Path("pki"))
	if err != nil {
		return err
	}
	address, service := net.ParseIP(place.Address), net.ParseIP(place.APIService)
	subjects := map[string]pki.Subject{
		"apiserver": {Name: "kube-apiserver", Addresses: []net.IP{address, service, net.IPv4(127, 0, 0, 1)}, Names: []string{
			"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc.cluster.local"}},
		"admin":       {Name: "admin", Groups: []string{"system:masters"}},
		"controllers": {Name: "system:kube-controller-manager"},
		"scheduler":   {Name: "system:kube-scheduler"},
		"proxy":       {Name: "system:kube-proxy"},
		"dns":         {Name: "testbed-dns", Groups: []string{"system:masters"}},
		"kubelet": {Name: "system:node:" + NodeName, Groups: []string{"system:nodes"},
			Names: []string{NodeName}, Addresses: []net.IP{address}},
		"to-kubelet": {Name: "kube-apiserver-kubelet-client", Groups: []string{"system:masters"}},
	}
	for file, subject := range subjects {
		if err := authority.Issue(file, subject); err != nil {
			return err
		}
	}
	if err := authority.SigningKey("accounts"); err != nil {
		return err
	}
	for _, user := range []string{"controllers", "scheduler", "proxy", "dns", "kubelet"} {
		if err := authority.Kubeconfig(dir.Path("pki", user+".kubeconfig"), place.Server(), user); err != nil {
			return err
		}
	}
	if err := authority.Kubeconfig(dir.Kubeconfig(), place.Server(), "admin"); err != nil {
		return err
	}
	return os.Chmod(dir.Kubeconfig(), 0o600)
}

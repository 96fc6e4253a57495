// SPDX-License-Identifier: Apache-2.0

// Package pki makes the keys and certificates of one testbed. They live as long as it does; nothing else trusts them.
package pki

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const lifetime = 30 * 24 * time.Hour

// Authority signs everything in a testbed.
type Authority struct {
	dir         string
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// Subject is whom a certificate speaks for; Names and Addresses are where it may be served.
type Subject struct {
	Name      string
	Groups    []string
	Names     []string
	Addresses []net.IP
}

// New makes an authority whose files are ca.crt and ca.key in the folder.
func New(dir string) (*Authority, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := template(pkix.Name{CommonName: "testbed-ca"})
	template.IsCA = true
	template.BasicConstraintsValid = true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	authority := &Authority{dir, certificate, key}
	return authority, authority.write("ca", der, key)
}

// Issue writes FILE.crt and FILE.key.
func (a *Authority) Issue(file string, subject Subject) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	template := template(pkix.Name{CommonName: subject.Name, Organization: subject.Groups})
	template.KeyUsage = x509.KeyUsageDigitalSignature
	template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth}
	template.DNSNames = subject.Names
	template.IPAddresses = subject.Addresses
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return err
	}
	return a.write(file, der, key)
}

// SigningKey writes a key pair without a certificate, FILE.key and FILE.pub: service account tokens are signed with it.
func (a *Authority) SigningKey(file string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	public, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return err
	}
	if err := writePEM(a.Path(file+".pub"), "PUBLIC KEY", public, 0o644); err != nil {
		return err
	}
	return a.writeKey(file, key)
}

// Path is a file of the authority's folder.
func (a *Authority) Path(file string) string { return filepath.Join(a.dir, file) }

func (a *Authority) write(file string, der []byte, key *ecdsa.PrivateKey) error {
	if err := writePEM(a.Path(file+".crt"), "CERTIFICATE", der, 0o644); err != nil {
		return err
	}
	return a.writeKey(file, key)
}

func (a *Authority) writeKey(file string, key *ecdsa.PrivateKey) error {
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	return writePEM(a.Path(file+".key"), "EC PRIVATE KEY", der, 0o600)
}

func writePEM(path, kind string, der []byte, mode os.FileMode) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), mode)
}

func template(name pkix.Name) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	now := time.Now()
	return &x509.Certificate{
		SerialNumber: serial,
		Subject:      name,
		NotBefore:    now.Add(-time.Hour), // the clock of a small machine may be set back
		NotAfter:     now.Add(lifetime),
	}
}

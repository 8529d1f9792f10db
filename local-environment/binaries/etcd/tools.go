//go:build tools

// Package binaries names the etcd server, so that go.mod and go.sum pin all that it needs.
package binaries

import _ "go.etcd.io/etcd/server/v3"

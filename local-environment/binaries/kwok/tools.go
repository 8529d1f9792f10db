//go:build tools

// Package binaries names kwok, the kubelet of the nodes that are not there, so that go.mod and go.sum pin all that it needs.
package binaries

import _ "sigs.k8s.io/kwok/cmd/kwok"

// SPDX-License-Identifier: Apache-2.0
package state

import (
	"errors"
	"testing"
)

func TestAFolderIsHeldByOneAtATime(t *testing.T) {
	dir := Dir(t.TempDir())
	if dir.Held() {
		t.Error("held by nobody")
	}
	lock, err := dir.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if !dir.Held() {
		t.Error("not held")
	}
	var held ErrHeld
	if _, err := dir.Lock(); !errors.As(err, &held) {
		t.Error("taken twice: ", err)
	}
	lock.Close()
	if dir.Held() {
		t.Error("still held")
	}
}

func TestPlacesThatTheNodeHidesAreRefused(t *testing.T) {
	for _, path := range []string{"/run/x", "/var/lib/testbed", "/etc"} {
		if _, err := Of(path); err == nil {
			t.Error("not refused: ", path)
		}
	}
	if dir, err := Of("/tmp/x/../y"); err != nil || dir != "/tmp/y" {
		t.Error(dir, err)
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

import dev.defender.backend.pki.NodeName;

/** Who sent a request, proved. */
public sealed interface Caller {
    /** For the audit trail. */
    String label();

    /** The bearer of an API token. */
    record User(String tokenId, String name, Role role) implements Caller {
        @Override
        public String label() {
            return "token:" + name;
        }
    }

    /** The holder of a node certificate. @param serial of that certificate, hexadecimal */
    record Node(NodeName name, String serial) implements Caller {
        @Override
        public String label() {
            return "node:" + name.cluster() + "/" + name.node();
        }
    }

    /** Nobody in particular; endpoints that ask for no proof. */
    record Anonymous() implements Caller {
        @Override
        public String label() {
            return "anonymous";
        }
    }
}

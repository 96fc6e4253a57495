/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.engine;

import dev.defender.rules.comparison.Network;
import java.util.List;

/** Predicates over IP addresses and networks. {@code wanted} false is {@code !=}. */
final class AddressPredicates {
    private AddressPredicates() {}

    static final class One extends Predicate {
        private final int slot;
        private final List<Network> networks;
        private final boolean wanted;

        One(int slot, List<Network> networks, boolean wanted) {
            this.slot = slot;
            this.networks = networks;
            this.wanted = wanted;
        }

        @Override
        public boolean test(Evaluation event) {
            TextSlot address = event.text(slot);
            return address.present(event)
                    && Network.anyContains(networks, address.value().slice()) == wanted;
        }

        @Override
        int cost() {
            return 2 + 3 * networks.size();
        }
    }

    /** Either end of a connection; {@code !=} wants both ends to differ. A listening socket has one end. */
    static final class EitherEnd extends Predicate {
        private final int client;
        private final int server;
        private final List<Network> networks;
        private final boolean wanted;

        EitherEnd(int client, int server, List<Network> networks, boolean wanted) {
            this.client = client;
            this.server = server;
            this.networks = networks;
            this.wanted = wanted;
        }

        @Override
        public boolean test(Evaluation event) {
            TextSlot first = event.text(client);
            TextSlot second = event.text(server);
            boolean hasFirst = first.present(event);
            boolean hasSecond = second.present(event);
            if (!hasFirst && !hasSecond) {
                return false;
            }
            boolean any = (hasFirst
                            && Network.anyContains(networks, first.value().slice()))
                    || (hasSecond
                            && Network.anyContains(networks, second.value().slice()));
            return any == wanted;
        }

        @Override
        int cost() {
            return 4 + 6 * networks.size();
        }
    }
}

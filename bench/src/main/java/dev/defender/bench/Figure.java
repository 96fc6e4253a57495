/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One figure beside what it is measured against.
 *
 * @param peer the peer's figure in the same run, or the limit
 * @param peerName what the peer is; "limit" for a limit
 * @param bound of the ratio ours ÷ peer: a ceiling where lower is better, a floor where higher is
 * @param n size of the sample: events, or starts
 * @param rounds how often it was taken; {@code ours} and {@code peer} say in the benchmark's Javadoc which of them count
 * @param unit of {@code ours} and {@code peer}
 * @param sound whether the measurement itself went well; a figure of one that did not is never ok
 */
public record Figure(
        String name,
        double ours,
        double peer,
        String peerName,
        Better better,
        double bound,
        long n,
        int rounds,
        String unit,
        boolean sound) {
    /** A figure of a measurement that went well. */
    public Figure(
            String name,
            double ours,
            double peer,
            String peerName,
            Better better,
            double bound,
            long n,
            int rounds,
            String unit) {
        this(name, ours, peer, peerName, better, bound, n, rounds, unit, true);
    }

    /** Which way is good. */
    public enum Better {
        LOWER,
        HIGHER
    }

    /** A figure that has to stay on the good side of {@code limit}. */
    public static Figure againstLimit(
            String name, double ours, double limit, Better better, long n, int rounds, String unit) {
        return new Figure(name, ours, limit, "limit", better, 1, n, rounds, unit);
    }

    /** The same, never ok unless {@code itself} holds. */
    public Figure soundIf(boolean itself) {
        return new Figure(name, ours, peer, peerName, better, bound, n, rounds, unit, sound && itself);
    }

    /** Whether the bound holds. With a peer of 0 there is no ratio: then {@code ours} has to be on the good side of 0. */
    public boolean ok() {
        return sound && (better == Better.LOWER ? ours <= bound * peer : ours >= bound * peer);
    }

    /** One line of JSON; numbers to four significant places. */
    public String json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("name", name);
        line.put("ours", rounded(ours));
        line.put("peer", rounded(peer));
        line.put("peer_name", peerName);
        if (peer == 0) {
            line.putNull("ratio");
        } else {
            line.put("ratio", rounded(ours / peer));
        }
        line.put("better", better == Better.LOWER ? "lower" : "higher");
        line.put("bound", bound);
        line.put("ok", ok());
        line.put("n", n);
        line.put("rounds", rounds);
        line.put("unit", unit);
        return line.toString();
    }

    private static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(Math.abs(value))) - 3);
        // A whole unit divides exactly in decimal, its reciprocal does not.
        return unit >= 1 ? Math.round(value / unit) * unit : Math.round(value / unit) / Math.rint(1 / unit);
    }
}

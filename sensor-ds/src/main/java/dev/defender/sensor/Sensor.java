/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor;

import dev.defender.sensor.probe.CapabilityMatrix;
import dev.defender.sensor.probe.HostProbe;

/** The node sensor. Exit status: 0 ended in order, 1 failure, 2 usage, 3 this host cannot be observed for a named reason. */
public final class Sensor {
    static final String VERSION = "0.1.0";

    private Sensor() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                System.out.print(Options.HELP);
                return 0;
            }
            if (options.probe()) {
                return probe();
            }
            if (options.replay() != null) {
                ReplaySensor.run(options, options.replay(), Rules.load(options.rules()));
                return 0;
            }
            return observe(options);
        } catch (Options.UsageException e) {
            System.err.println("sensor: " + e.getMessage());
            return 2;
        } catch (StartException e) {
            System.err.println("sensor: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int observe(Options options) throws StartException, InterruptedException {
        HostProbe probe = HostProbe.here();
        if (!probe.verdict().canObserve()) {
            System.err.println(probe.refusal());
            return probe.verdict().reason().isNamed() ? HostProbe.EXIT_CANNOT_OBSERVE : 1;
        }
        LiveSensor.run(options, Rules.load(options.rules()));
        return 0;
    }

    private static int probe() {
        HostProbe probe = HostProbe.full();
        boolean can = probe.verdict().canObserve();
        System.out.print(probe.report(CapabilityMatrix.none(
                can ? "possible; a probe attaches nothing" : probe.verdict().sentence())));
        return can ? 0 : HostProbe.EXIT_CANNOT_OBSERVE;
    }
}

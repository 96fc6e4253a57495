/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli;

import dev.defender.cli.aks.ImportCommand;
import dev.defender.cli.cluster.ClusterCommands;
import dev.defender.cli.preflight.PreflightCommand;
import dev.defender.cli.reading.AlertsCommand;
import dev.defender.cli.reading.LedgerCommand;
import dev.defender.cli.terminal.Failure;
import dev.defender.cli.terminal.Terminal;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program. Exit status: 0 done, 1 failed, 2 usage; {@code import} and {@code preflight} add their own. */
@Command(
        name = "defenderctl",
        header = "Onboards clusters and reads what the backend found in them.",
        footer = "%nAlso usable as kubectl-defender: kubectl defender …",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class)
public final class Defenderctl {
    private Defenderctl() {}

    public static void main(String... arguments) {
        // Proxies that want a password want it as Basic, which the JDK's client does not send through tunnels by
        // itself.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int status = run(new Terminal(out, err, System.getenv()), arguments);
        out.flush();
        System.exit(status);
    }

    /** Runs one command. @return exit status */
    public static int run(Terminal terminal, String... arguments) {
        CommandLine line = new CommandLine(new Defenderctl())
                .addSubcommand(ClusterCommands.create(terminal))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new PreflightCommand(terminal))
                .addSubcommand(new AlertsCommand(terminal))
                .addSubcommand(new LedgerCommand(terminal))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setParameterExceptionHandler((e, ignored) -> {
            terminal.note(
                    sentence(e) + "; see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            return Failure.USAGE;
        });
        line.setExecutionExceptionHandler((e, command, ignored) -> {
            if (e instanceof Failure failure) {
                terminal.note(failure.sentence());
                return failure.status();
            }
            StackTraceElement[] where = e.getStackTrace();
            terminal.note("this is a defect, please report it: " + e.getClass().getName()
                    + (where.length == 0 ? "" : " at " + where[0]));
            return Failure.FAILED;
        });
        return line.execute(arguments);
    }

    private static String sentence(CommandLine.ParameterException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong usage");
        return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}

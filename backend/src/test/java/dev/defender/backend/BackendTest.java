/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--nope=1                          | unknown option --nope=1",
                "--data                            | unknown option --data",
                "data=/x                           | unknown option data=/x",
                "--data=/x --data=/y               | option --data is given twice",
                "--listen=127.0.0.1:1              | --data=DIR is needed",
                "--data=/x --listen=nowhere        | --listen must be host:port",
                "--data=/x --listen=a:99999        | --listen must be host:port",
                "--data=/x --listen=::1:8443       | --listen must be host:port",
                "--data=/x --tls-names=a,b/c       | --tls-names: \"b/c\" is neither",
                "--data=/x --retention-days=0      | --retention-days must be",
                "--data=/x --tls-key=/k            | --tls-certificate and --tls-key go together",
                "--data=/x --show=enrolment        | --show is ca, viewer or admin",
                "--data=/x --jdbc-url=jdbc:postgresql://h:port/d | --jdbc-url cannot be understood",
                "--data=/x --jdbc-url=jdbc:postgresql://h/d?password=x | --jdbc-url holds a password",
                "--data=/x --jdbc-url=jdbc:postgresql://h/d | --jdbc-url needs --jdbc-user",
            })
    void says_which_option_is_wrong(String arguments, String message) {
        UsageException e = catchThrowableOfType(UsageException.class, () -> {
            Options options = Options.parse(arguments.split(" ", -1));
            options.service();
            options.database();
            options.show();
        });
        assertThat(e).isNotNull().hasMessageStartingWith(message);
    }

    @Test
    void names_the_address_that_a_client_can_use() throws UsageException {
        assertThat(ListenAddress.url(ListenAddress.parse("0.0.0.0:0"), 8443)).isEqualTo("https://localhost:8443");
        assertThat(ListenAddress.url(ListenAddress.parse("[::1]:0"), 8443)).isEqualTo("https://[::1]:8443");
        assertThat(ListenAddress.url(ListenAddress.parse("127.0.0.1:0"), 1)).isEqualTo("https://127.0.0.1:1");
    }

    @Test
    void a_data_directory_is_held_by_one_backend() throws IOException {
        Path data = directory.resolve("a/b");
        try (DataDirectory held = DataDirectory.open(data)) {
            assertThat(held).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx--x--x");
            assertThatThrownBy(() -> DataDirectory.open(data)).hasMessageContaining("another backend is running");
        }
        DataDirectory.open(data).close();
    }

    @Test
    void a_data_directory_that_is_none_is_one_sentence() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> DataDirectory.open(file.resolve("data"))).hasMessageContaining("cannot be made");
    }

    @Test
    void a_data_directory_of_somebody_else_is_refused() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a directory away");
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        assertThatThrownBy(() -> DataDirectory.open(directory)).hasMessageContaining("belongs to nobody");
    }

    @Test
    void the_program_ends_with_one_sentence_and_a_status() throws Exception {
        assertRun(2, "backend: unknown option --nope=1; options are --key=value, see --help\n", "--nope=1");
        assertRun(
                2,
                "backend: --jdbc-url must begin with 'jdbc:postgresql:'.\n",
                "--data=" + directory.resolve("data"),
                "--jdbc-url=jdbc:mysql://localhost/x");
    }

    private static void assertRun(int status, String message, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Backend.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        String error = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(status);
        assertThat(error).isEqualTo(message);
    }
}

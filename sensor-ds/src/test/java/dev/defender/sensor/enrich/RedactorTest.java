/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactorTest {
    /** Arguments are separated by |. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "app|--password=hunter2; app --password=***",
                "app|--password|hunter2|-v; app --password *** -v",
                "app|--PASSWORD=Hunter2; app --PASSWORD=***",
                "app|--db-password=x y|tail; app --db-password=*** tail",
                "app|--token|abc; app --token ***",
                "app|--token|--verbose; app --token --verbose",
                "app|--tokenizer=bpe; app --tokenizer=bpe",
                "app|--tokens=5; app --tokens=***",
                "app|--api-key=k1|--apiKey=k2|--api_key=k3; app --api-key=*** --apiKey=*** --api_key=***",
                "app|--client-secret=s; app --client-secret=***",
                "app|--secretKey=s; app --secretKey=***",
                "app|--password-file=/run/p; app --password-file=/run/p",
                "app|-Dspring.datasource.password=x; app -Dspring.datasource.password=***",
                "env|DB_PASSWORD=x|TOKEN=y|HOME=/root|run; env DB_PASSWORD=*** TOKEN=*** HOME=/root run",
                "env|MYSQL_PWD=x|PWD=/home/a|OLDPWD=/b; env MYSQL_PWD=*** PWD=/home/a OLDPWD=/b",
                "mysql|-uroot|-phunter2|db; mysql -uroot -p*** db",
                "mysql|-p|db; mysql -p db",
                "/usr/bin/mysqldump|-phunter2; /usr/bin/mysqldump -p***",
                "ssh|-p2222|host; ssh -p2222 host",
                "sshpass|-p|hunter2|ssh|host; sshpass -p *** ssh host",
                "curl|-u|alice:pw|https://h/; curl -u alice:*** https://h/",
                "curl|-ualice:pw; curl -ualice:***",
                "curl|-H|Authorization: Bearer abcdefgh12345|http://h; curl -H Authorization: Bearer *** http://h",
                "curl|-H|authorization: Basic QWxhZGRpbg==; curl -H authorization: Basic ***",
                "curl|-H|X-Api-Key: 123456; curl -H X-Api-Key: ***",
                "curl|https://bob:s3cr3t@example.org/x; curl https://bob:***@example.org/x",
                "curl|https://example.org:8080/a@b; curl https://example.org:8080/a@b",
                "curl|https://h/?access_token=abc&x=1; curl https://h/?access_token=***&x=1",
                "aws|AKIAIOSFODNN7EXAMPLE; aws ***",
                "aws|AKIANOTLONG; aws AKIANOTLONG",
                "git|clone|https://x:ghp_abcdefghijkl@github.com/a; git clone https://x:***@github.com/a",
                "app|ghp_abcdefghijklmnop; app ghp_***",
                "app|eyJhbGciOi.eyJzdWIi.c2lnbmF0; app ***",
                "sh|-c|mysql --password=x db; sh -c mysql --password=*** db",
                "sh|-c|app --token abc && ls; sh -c app --token *** && ls",
                "sh|-c|echo '{\"password\": \"pa ss\"}'; sh -c echo '{\"password\": \"***\"}'",
                "redis-cli|-a|pw|ping; redis-cli -a *** ping",
                "docker|login|-p|pw|reg; docker login -p *** reg",
                "docker|run|-p|80:80|img; docker run -p 80:80 img",
                "ls|-la|/etc/passwd; ls -la /etc/passwd",
                "cat|/run/secrets/db; cat /run/secrets/db",
                "app|--password=; app --password=",
            })
    void masksWhatIsSecretAndNothingElse(String arguments, String expected) {
        assertThat(masked(arguments)).isEqualTo(expected.strip());
    }

    @Property(tries = 500)
    void anyBytesKeepTheirOrderAndNothingIsWrittenPastTheRoom(@ForAll @Size(max = 300) byte[] arguments) {
        byte[] text = new byte[arguments.length + 1];
        text[0] = 'x';
        System.arraycopy(arguments, 0, text, 1, arguments.length);
        byte[] out = new byte[arguments.length + 3 * 64 + 16];
        Redactor redactor = new Redactor();
        int length = redactor.copy(text, 0, 1, text.length, out, 0);
        assertThat(length).isBetween(0, arguments.length + 3 * 64);
        if (redactor.masked() == 0) {
            assertThat(length).isEqualTo(arguments.length);
        }
    }

    @Property(tries = 200)
    void theValueOfAPasswordOptionNeverGetsOut(@ForAll @Size(min = 1, max = 40) byte[] noise) {
        String secret = "S3cr3tS3cr3t";
        byte[] option = ("--password=" + secret).getBytes(StandardCharsets.US_ASCII);
        byte[] text = new byte[1 + noise.length + 1 + option.length];
        text[0] = 'x';
        System.arraycopy(noise, 0, text, 1, noise.length);
        System.arraycopy(option, 0, text, noise.length + 2, option.length);
        byte[] out = new byte[text.length + 256];
        int length = new Redactor().copy(text, 0, 1, text.length, out, 0);
        assertThat(new String(out, 0, length, StandardCharsets.ISO_8859_1)).doesNotContain(secret);
    }

    private static String masked(String arguments) {
        byte[] joined = arguments.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
        int first = arguments.indexOf('|');
        // As an image keeps it: argv[0], then at once the other arguments.
        byte[] text = new byte[joined.length - 1];
        System.arraycopy(joined, 0, text, 0, first);
        System.arraycopy(joined, first + 1, text, first, text.length - first);
        byte[] out = new byte[text.length + 256];
        int length = new Redactor().copy(text, 0, first, text.length, out, 0);
        return arguments.substring(0, first) + " " + new String(out, 0, length, StandardCharsets.UTF_8);
    }
}

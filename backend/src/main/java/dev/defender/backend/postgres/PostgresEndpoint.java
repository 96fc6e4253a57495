/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.postgres;

import java.util.Properties;

/**
 * How to reach one database.
 *
 * @param url JDBC URL, without a password in it
 * @param properties driver properties, user and password among them; never printed
 */
public record PostgresEndpoint(String url, Properties properties) {
    @Override
    public String toString() {
        return "PostgresEndpoint[" + url + "]";
    }

    /** A server that somebody else runs. */
    public static PostgresEndpoint external(String url, String user, String password) {
        return new PostgresEndpoint(url, credentials(user, password));
    }

    static Properties credentials(String user, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "defender-backend");
        return properties;
    }
}

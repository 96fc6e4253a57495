/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.enrich;

/** What makes a secret likely, and how to find its ends. */
enum SecretWord {
    PASSWORD("password", Kind.KEY),
    PASSWD("passwd", Kind.KEY),
    PASSPHRASE("passphrase", Kind.KEY),
    PWD("pwd", Kind.SUFFIX_OF_KEY),
    TOKEN("token", Kind.KEY),
    SECRET("secret", Kind.KEY),
    APIKEY("apikey", Kind.KEY),
    API_KEY("api_key", Kind.KEY),
    API_KEY_DASHED("api-key", Kind.KEY),
    ACCESS_KEY("access_key", Kind.KEY),
    ACCESS_KEY_DASHED("access-key", Kind.KEY),
    ACCESSKEY("accesskey", Kind.KEY),
    PRIVATE_KEY("private_key", Kind.KEY),
    PRIVATE_KEY_DASHED("private-key", Kind.KEY),
    CREDENTIAL("credential", Kind.KEY),
    AUTHORIZATION("authorization", Kind.HEADER),
    BEARER("bearer ", Kind.SCHEME),
    URL("://", Kind.URL),
    AWS_LONG_TERM("AKIA", Kind.AWS_KEY_ID),
    AWS_SESSION("ASIA", Kind.AWS_KEY_ID),
    GITHUB("ghp_", Kind.PREFIX),
    GITHUB_APP("ghs_", Kind.PREFIX),
    GITHUB_OAUTH("gho_", Kind.PREFIX),
    GITHUB_FINE("github_pat_", Kind.PREFIX),
    GITLAB("glpat-", Kind.PREFIX),
    SLACK_BOT("xoxb-", Kind.PREFIX),
    SLACK_USER("xoxp-", Kind.PREFIX),
    JWT("eyJ", Kind.JWT);

    enum Kind {
        /** Part of a name whose value is the secret: {@code --db-password=x}, {@code TOKEN=x}, {@code --token x}. */
        KEY,
        /** As KEY, but only behind something else: {@code MYSQL_PWD}, not {@code PWD}. */
        SUFFIX_OF_KEY,
        /** {@code Authorization: Basic x}. */
        HEADER,
        /** {@code Bearer x}. */
        SCHEME,
        /** {@code scheme://user:x@host}. */
        URL,
        /** Four letters and sixteen capitals or digits. */
        AWS_KEY_ID,
        /** The word and the token characters behind it. */
        PREFIX,
        /** Three parts between dots. */
        JWT
    }

    private final String word;
    private final Kind kind;

    SecretWord(String word, Kind kind) {
        this.word = word;
        this.kind = kind;
    }

    String word() {
        return word;
    }

    Kind kind() {
        return kind;
    }

    /** Whether upper and lower case are the same. */
    boolean anyCase() {
        return kind != Kind.AWS_KEY_ID && kind != Kind.PREFIX && kind != Kind.JWT;
    }
}

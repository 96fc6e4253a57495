/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into tokens. */
final class Lexer {
    private final String source;
    private int at;

    Lexer(String source) {
        this.source = source;
    }

    List<Token> tokens() throws FilterException {
        List<Token> tokens = new ArrayList<>();
        Token token;
        do {
            token = next();
            tokens.add(token);
        } while (token.kind() != Token.Kind.END);
        return tokens;
    }

    private Token next() throws FilterException {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        if (at == source.length()) {
            return new Token(Token.Kind.END, "", at);
        }
        return switch (source.charAt(at)) {
            case '(' -> single(Token.Kind.OPEN);
            case ')' -> single(Token.Kind.CLOSE);
            case ',' -> single(Token.Kind.COMMA);
            case '"', '\'' -> quoted();
            case '=', '!', '<', '>' -> symbol();
            default -> word();
        };
    }

    private Token single(Token.Kind kind) {
        Token token = new Token(kind, source.substring(at, at + 1), at);
        at++;
        return token;
    }

    private Token symbol() throws FilterException {
        int start = at++;
        if (at < source.length() && source.charAt(at) == '=' && source.charAt(start) != '=') {
            at++;
        }
        String text = source.substring(start, at);
        if (text.equals("!")) {
            throw new FilterException("\"!\" is not an operator; write != or not", start);
        }
        return new Token(Token.Kind.SYMBOL, text, start);
    }

    private Token quoted() throws FilterException {
        int start = at;
        char quote = source.charAt(at++);
        StringBuilder text = new StringBuilder();
        while (at < source.length() && source.charAt(at) != quote) {
            char c = source.charAt(at++);
            text.append(c == '\\' ? escaped() : c);
        }
        if (at == source.length()) {
            throw new FilterException("the quote that opens here is not closed", start);
        }
        at++;
        return new Token(Token.Kind.QUOTED, text.toString(), start);
    }

    private char escaped() throws FilterException {
        if (at == source.length()) {
            throw new FilterException("the filter ends inside an escape", at);
        }
        char c = source.charAt(at++);
        return switch (c) {
            case '\\', '"', '\'' -> c;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default ->
                throw new FilterException(
                        "unknown escape \"\\" + c + "\"; known are \\\\ \\\" \\' \\n \\t \\r", at - 2);
        };
    }

    private Token word() throws FilterException {
        int start = at;
        while (at < source.length() && isWordPart(source.charAt(at))) {
            at++;
        }
        return new Token(Token.Kind.WORD, source.substring(start, at), start);
    }

    private static boolean isWordPart(char c) {
        return !Character.isWhitespace(c) && "(),\"'=!<>".indexOf(c) < 0;
    }
}

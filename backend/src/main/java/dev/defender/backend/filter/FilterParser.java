/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.filter;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the filter language.
 *
 * <pre>
 * filter     = [ or ]
 * or         = and { "or" and }
 * and        = not { "and" not }
 * not        = "not" not | "(" or ")" | comparison
 * comparison = field ( "=" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "startswith" ) value
 *            | field "in" "(" value { "," value } ")"
 * </pre>
 *
 * A value is a word or stands in single or double quotes. Words of the language are accepted in any case; an empty
 * filter matches everything.
 */
public final class FilterParser {
    /** Deepest nesting of parentheses and {@code not}. */
    static final int MAX_DEPTH = 32;

    /** Most values in one filter, so that a statement stays small. */
    static final int MAX_VALUES = 200;

    private final List<Token> tokens;
    private final Rows rows;
    private int at;
    private int depth;
    private int values;

    private FilterParser(List<Token> tokens, Rows rows) {
        this.tokens = tokens;
        this.rows = rows;
    }

    /** Reads a filter over events. */
    public static Filter events(String source) throws FilterException {
        return parse(source, Rows.EVENT);
    }

    /** Reads a filter over alerts, which have more fields. */
    public static Filter alerts(String source) throws FilterException {
        return parse(source, Rows.ALERT);
    }

    /** Reads a filter over Kubernetes objects, whose fields are their own. */
    public static Filter objects(String source) throws FilterException {
        return parse(source, Rows.OBJECT);
    }

    private static Filter parse(String source, Rows rows) throws FilterException {
        FilterText.check(source);
        FilterParser parser = new FilterParser(new Lexer(source).tokens(), rows);
        if (parser.peek().kind() == Token.Kind.END) {
            return Filter.ALL;
        }
        Filter filter = parser.or();
        Token rest = parser.peek();
        if (rest.kind() != Token.Kind.END) {
            throw new FilterException(
                    "expected and, or, or the end of the filter, found " + rest.shown(), rest.position());
        }
        return filter;
    }

    private Filter or() throws FilterException {
        List<Filter> terms = new ArrayList<>();
        do {
            terms.add(and());
        } while (takeWord("or"));
        return terms.size() == 1 ? terms.getFirst() : new Filter.Or(terms);
    }

    private Filter and() throws FilterException {
        List<Filter> terms = new ArrayList<>();
        do {
            terms.add(not());
        } while (takeWord("and"));
        return terms.size() == 1 ? terms.getFirst() : new Filter.And(terms);
    }

    private Filter not() throws FilterException {
        Token token = peek();
        if (token.isWord("not")) {
            at++;
            enter(token);
            Filter term = not();
            depth--;
            return new Filter.Not(term);
        }
        if (token.kind() == Token.Kind.OPEN) {
            at++;
            enter(token);
            Filter inner = or();
            expect(Token.Kind.CLOSE, "\")\"");
            depth--;
            return inner;
        }
        return comparison();
    }

    private Filter comparison() throws FilterException {
        Field field = FieldNames.resolve(take(), rows);
        Token token = take();
        Operator operator = Operators.resolve(token);
        if (!field.type().takes(operator)) {
            throw new FilterException(
                    field.fieldName() + " is " + field.type().description() + " and has no \"" + operator.symbol()
                            + "\"",
                    token.position());
        }
        if (operator == Operator.IN) {
            return new Filter.Comparison(field, operator, list(field));
        }
        return new Filter.Comparison(field, operator, List.of(value(field)));
    }

    private List<Value> list(Field field) throws FilterException {
        expect(Token.Kind.OPEN, "\"(\" after in");
        List<Value> list = new ArrayList<>();
        list.add(value(field));
        while (peek().kind() == Token.Kind.COMMA) {
            at++;
            list.add(value(field));
        }
        expect(Token.Kind.CLOSE, "\",\" or \")\"");
        return list;
    }

    private Value value(Field field) throws FilterException {
        Token token = take();
        if (token.kind() != Token.Kind.WORD && token.kind() != Token.Kind.QUOTED) {
            throw new FilterException(
                    "expected a value of " + field.fieldName() + ", found " + token.shown(), token.position());
        }
        if (++values > MAX_VALUES) {
            throw new FilterException("a filter has at most " + MAX_VALUES + " values", token.position());
        }
        return Values.read(field, token);
    }

    private void enter(Token token) throws FilterException {
        if (++depth > MAX_DEPTH) {
            throw new FilterException("a filter is nested at most " + MAX_DEPTH + " deep", token.position());
        }
    }

    private void expect(Token.Kind kind, String what) throws FilterException {
        Token token = take();
        if (token.kind() != kind) {
            throw new FilterException("expected " + what + ", found " + token.shown(), token.position());
        }
    }

    private boolean takeWord(String keyword) {
        if (peek().isWord(keyword)) {
            at++;
            return true;
        }
        return false;
    }

    private Token peek() {
        return tokens.get(at);
    }

    /** The end is never passed, so that every error has a place to point at. */
    private Token take() {
        Token token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }
}

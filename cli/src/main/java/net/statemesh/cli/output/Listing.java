// SPDX-License-Identifier: Apache-2.0
package net.statemesh.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.function.Function;

/** A list of things in any format: columns, or one document. */
public final class Listing<T> {
    private final List<Column<T>> columns;
    private final Function<T, String> name;
    private final Function<T, JsonNode> document;

    /**
     * One column.
     *
     * @param wide only with {@code -o wide}
     */
    public record Column<T>(String heading, boolean wide, Function<T, String> cell) {
        public static <T> Column<T> of(String heading, Function<T, String> cell) {
            return new Column<>(heading, false, cell);
        }

        public static <T> Column<T> wide(String heading, Function<T, String> cell) {
            return new Column<>(heading, true, cell);
        }
    }

    public Listing(List<Column<T>> columns, Function<T, String> name, Function<T, JsonNode> document) {
        this.columns = List.copyOf(columns);
        this.name = name;
        this.document = document;
    }

    /** Prints the items; {@code nothing} is said instead of an empty table. */
    public void print(List<T> items, Format format, Console console, String nothing) {
        switch (format) {
            case JSON, YAML -> {
                ArrayNode array = new ObjectMapper().createArrayNode();
                items.forEach(item -> array.add(document.apply(item)));
                console.result(Documents.text(array, format));
            }
            case NAME -> items.forEach(item -> console.result(name.apply(item)));
            case TABLE, WIDE -> {
                if (items.isEmpty()) {
                    console.progress(nothing);
                    return;
                }
                boolean wide = format == Format.WIDE;
                List<Column<T>> shown = columns.stream()
                        .filter(column -> wide || !column.wide())
                        .toList();
                Table table = new Table(shown.stream().map(Column::heading).toArray(String[]::new));
                items.forEach(item -> table.row(
                        shown.stream().map(column -> column.cell().apply(item)).toArray(String[]::new)));
                table.lines(wide ? Integer.MAX_VALUE : Table.MAX_COLUMNS).forEach(console::result);
            }
        }
    }
}

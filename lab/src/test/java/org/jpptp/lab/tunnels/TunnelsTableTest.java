package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelsTableTest {
    @Test
    void all_rows_are_compared_with_that_of_one_tunnel() {
        String table = TunnelsTable.of(List.of(
                new TunnelsTable.Row(1, 1, 700, 51_200, 1000, 800),
                new TunnelsTable.Row(11, 10, 500, 52_480, 900, 600)));

        assertThat(table.lines().skip(2))
                .containsExactly(
                        "| 1 | 0.7 | 700 | 50 | – | 1000 | 1.00 | 800 | 1.00 |",
                        "| 11 | 0.5 | 50 | 51 | 128 | 900 | 0.90 | 600 | 0.75 |");
    }

    @Test
    void it_is_written_between_the_marks_and_nowhere_else() {
        String document = "before\n" + TunnelsTable.BEGIN + "\nold\n" + TunnelsTable.END + "\nafter\n";

        assertThat(TunnelsTable.written(document, "new\n"))
                .isEqualTo("before\n" + TunnelsTable.BEGIN + "\n\nnew\n\n" + TunnelsTable.END + "\nafter\n");
        assertThatThrownBy(() -> TunnelsTable.written("a document without", "new"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

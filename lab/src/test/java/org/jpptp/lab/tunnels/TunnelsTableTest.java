package org.jpptp.lab.tunnels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelsTableTest {
    @Test
    void memoryIsComparedWithOneTunnelAndThroughputWithTheSameFlowsInOne() {
        TunnelsTable.Load alone = new TunnelsTable.Load(1000, 800);
        String table = TunnelsTable.of(List.of(
                new TunnelsTable.Row(1, 1, 700, 51_200, alone, alone),
                new TunnelsTable.Row(
                        11, 10, 500, 52_480, new TunnelsTable.Load(450, 300), new TunnelsTable.Load(500, 400))));

        assertThat(table.lines().skip(2))
                .containsExactly(
                        "| 1 | 0.7 | 700 | 50 | – | 1000 | 1000 | 1.00 | 800 | 800 | 1.00 |",
                        "| 11 | 0.5 | 50 | 51 | 128 | 450 | 500 | 0.90 | 300 | 400 | 0.75 |");
    }

    @Test
    void theMedianIsTakenEachWayByItself() {
        assertThat(TunnelsTable.Load.median(List.of(
                        new TunnelsTable.Load(1, 30), new TunnelsTable.Load(3, 10), new TunnelsTable.Load(2, 20))))
                .isEqualTo(new TunnelsTable.Load(2, 20));
    }

    @Test
    void itIsWrittenBetweenTheMarksAndNowhereElse() {
        String document = "before\n" + TunnelsTable.BEGIN + "\nold\n" + TunnelsTable.END + "\nafter\n";

        assertThat(TunnelsTable.written(document, "new\n"))
                .isEqualTo("before\n" + TunnelsTable.BEGIN + "\n\nnew\n\n" + TunnelsTable.END + "\nafter\n");
        assertThatThrownBy(() -> TunnelsTable.written("a document without", "new"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

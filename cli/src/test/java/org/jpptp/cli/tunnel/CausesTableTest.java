package org.jpptp.cli.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** No cause is missing from the table, whoever provokes it. */
class CausesTableTest {
    private static final int CAUSES = 37;
    private static final int COLUMNS = 7;

    private static List<List<String>> rows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "failures.md"));
        int section = lines.indexOf("## " + CausesTable.HEADING);
        return lines.subList(section + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> List.of(line.substring(1).split("(?<!\\\\)\\|", -1)))
                .toList();
    }

    @Test
    void eachCauseIsProvoked() throws IOException {
        assertThat(rows().stream()
                        .map(row -> Integer.parseInt(row.get(0).strip()))
                        .distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, CAUSES).boxed().toList());
    }

    @Test
    void eachRowSaysWhatIsSeen() throws IOException {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(row).hasSize(COLUMNS + 1);
            assertThat(row.get(3)).as("what is said of %s", row).isNotBlank();
            assertThat(row.get(5)).as("what a capture comes to of %s", row).isNotBlank();
        });
    }
}

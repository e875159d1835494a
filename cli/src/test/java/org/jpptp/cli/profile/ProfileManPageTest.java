package org.jpptp.cli.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** jpptp.conf(5) has every key, in the order of the help, and nothing else. */
class ProfileManPageTest {
    private static final Pattern KEY = Pattern.compile("(?m)^\\.BR (\\S+) \" = (.*)\"$");

    private final String page;

    ProfileManPageTest() throws IOException {
        page = Files.readString(Path.of("src/main/man/jpptp.conf.5"));
    }

    @Test
    void everyKeyIsThere() {
        Keys keys = Keys.all();
        assertThat(KEY.matcher(page).results().map(found -> found.group(1).replace("\\-", "-")))
                .containsExactlyInAnyOrderElementsOf(keys.names());
        assertThat(KEY.matcher(page)
                        .results()
                        .filter(found -> found.group(2).equals("\\fBon\\fR"))
                        .map(found -> found.group(1).replace("\\-", "-")))
                .containsExactlyInAnyOrderElementsOf(
                        keys.names().stream().filter(keys::isFlag).toList());
    }

    @Test
    void whatIsNoKeyIsNamed() {
        for (String other : Keys.all().others()) {
            assertThat(page).contains("\n.BR " + other.replace("-", "\\-") + " ");
        }
    }

    @Test
    void theExampleIsAProfile() {
        String example = page.substring(page.indexOf("\n.nf\n") + 5, page.indexOf("\n.fi\n"))
                .replace("\\e", "\\");
        ProfileText.Content content = ProfileText.read((example + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(content.problems()).isEmpty();
        assertThat(Keys.all().problems(content.entries())).isEmpty();
        assertThat(content.entries()).extracting(Entry::key).containsAll(List.of("server", "user", "route"));
    }
}

package org.jpptp.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jpptp.cli.OpenDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenDescriptorTest {
    @TempDir
    Path directory;

    @Test
    void whatSomebodyHasOpenedIs() throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "x\n");
        try (FileInputStream open = new FileInputStream(file.toFile())) {
            assertThat(GivenDescriptor.isOpen(OpenDescriptors.of(file))).isTrue();
            assertThat(open.read()).isEqualTo('x');
            int number = OpenDescriptors.of(file);
            Files.delete(file);
            assertThat(GivenDescriptor.isOpen(number)).as("without a name").isTrue();
        }
    }

    @Test
    void whatNobodyHasOpenedIsNot() throws IOException {
        assertThat(GivenDescriptor.isOpen(65535)).isFalse();
        Path release = Path.of(System.getProperty("java.home"), "release");
        try (FileInputStream javas = new FileInputStream(release.toFile())) {
            assertThat(GivenDescriptor.isOpen(OpenDescriptors.of(release))).isFalse();
            assertThat(javas.read()).isPositive();
        }
        Path random = Path.of("/dev/urandom");
        try (FileInputStream javas = new FileInputStream(random.toFile())) {
            assertThat(GivenDescriptor.isOpen(OpenDescriptors.of(random))).isFalse();
            assertThat(javas.read()).isNotNegative();
        }
    }
}

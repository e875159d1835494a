package org.jpptp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The jar that is shipped, which is complete, and starts without what it does not need. */
class JarIT {
    private static final boolean INITIALIZED = true;
    private static final Path JAR = Path.of(System.getProperty("jpptp.jar"));

    private final JarFile jar;

    JarIT() throws IOException {
        jar = new JarFile(JAR.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    private List<String> entries() {
        return jar.stream().map(ZipEntry::getName).toList();
    }

    private static List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", output).isZero();
        return output;
    }

    @Test
    void theManifest() throws IOException {
        Attributes attributes = jar.getManifest().getMainAttributes();
        assertThat(attributes.getValue("Main-Class")).isEqualTo("org.jpptp.cli.Main");
        assertThat(attributes.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
        assertThat(attributes.getValue("Multi-Release")).isEqualTo("true");
    }

    @Test
    void nativeLibrariesOfBothArchitecturesAndNoOther() {
        assertThat(entries())
                .filteredOn(name -> name.matches(".*\\.(so|dll|jnilib|dylib|a)"))
                .containsExactlyInAnyOrder(
                        "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so",
                        "com/sun/jna/linux-x86-64/libjnidispatch.so",
                        "com/sun/jna/linux-aarch64/libjnidispatch.so");
    }

    @Test
    void licencesAndNotices() throws IOException {
        assertThat(entries())
                .contains(
                        "META-INF/jpptp/LICENSE",
                        "META-INF/jpptp/THIRD-PARTY.txt",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/LICENSE.md",
                        "META-INF/AL2.0");
        String thirdParty = new String(
                jar.getInputStream(jar.getEntry("META-INF/jpptp/THIRD-PARTY.txt"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        assertThat(thirdParty).contains("Bouncy Castle").doesNotContain("${");
    }

    @Test
    void nothingThatBreaksOrMisleads() {
        assertThat(entries())
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|RSA|DSA)"))
                .noneMatch(name -> name.endsWith("module-info.class"))
                .noneMatch(name -> name.startsWith("org/openjdk/jmh") || name.startsWith("org/junit"));
    }

    /** Each start reads the list of all that is in it. */
    @Test
    void noClassesOfAlgorithmsAndProtocolsThatNobodyAsksFor() {
        assertThat(entries())
                .hasSizeLessThan(4200)
                .noneMatch(name -> name.matches("org/bouncycastle/crypto/engines/AES.*"))
                .noneMatch(name -> name.matches("io/netty/handler/codec/http/websocketx/.*"))
                // What is there for its constants, which are in others' code already.
                .contains("org/jpptp/ppp/ipcp/IpcpOption.class")
                // What libraries look for by its name, and is not there to be found by what refers to it.
                .contains(
                        "io/netty/channel/epoll/NativeDatagramPacketArray$NativeDatagramPacket.class",
                        "io/netty/channel/unix/PeerCredentials.class",
                        "com/sun/jna/Callback.class",
                        "com/sun/jna/DefaultTypeMapper.class");
    }

    @Test
    void theDigestsAndCiphersAreWhole() throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = loader.loadClass("org.bouncycastle.crypto.digests.MD4Digest");
            Object md4 = type.getConstructor().newInstance();
            byte[] digest = new byte[16];
            type.getMethod("doFinal", byte[].class, int.class).invoke(md4, digest, 0);
            // RFC 1320 §A.5: MD4("").
            assertThat(HexFormat.of().formatHex(digest)).isEqualTo("31d6cfe0d16ae931b73c59d7e0c089c0");

            // The registry of algorithms has fields of it; it needs others to be verified, as classes are for class
            // data.
            assertThat(Class.forName("org.bouncycastle.asn1.x9.X9ECParameters", INITIALIZED, loader))
                    .isNotNull();

            Class<?> parameters = loader.loadClass("org.bouncycastle.crypto.CipherParameters");
            Object key = loader.loadClass("org.bouncycastle.crypto.params.KeyParameter")
                    .getConstructor(byte[].class)
                    .newInstance((Object) HexFormat.of().parseHex("0101010101010101"));
            Class<?> engine = loader.loadClass("org.bouncycastle.crypto.engines.DESEngine");
            Object des = engine.getConstructor().newInstance();
            engine.getMethod("init", boolean.class, parameters).invoke(des, true, key);
            byte[] block = new byte[8];
            engine.getMethod("processBlock", byte[].class, int.class, byte[].class, int.class)
                    .invoke(des, HexFormat.of().parseHex("95f8a5e5dd31d900"), 0, block, 0);
            // NBS Special Publication 500-20, variable plaintext known answer test.
            assertThat(HexFormat.of().formatHex(block)).isEqualTo("8000000000000000");
        }
    }

    @Test
    void itRuns() throws Exception {
        assertThat(run("-jar", JAR.toString(), "--version"))
                .singleElement()
                .asString()
                .matches("jpptp \\S+ \\(Java .*\\)");
    }

    @Test
    void helpLoadsNoLibraryButItsOwn() throws Exception {
        for (List<String> command : List.of(List.of("--help"), List.of("connect", "--help"))) {
            List<String> line = new ArrayList<>(List.of("-Xlog:class+load:stdout", "-jar", JAR.toString()));
            line.addAll(command);
            assertThat(run(line.toArray(String[]::new)))
                    .anyMatch(text -> text.contains("picocli.CommandLine "))
                    .noneMatch(text -> text.matches(".* (io\\.netty|org\\.bouncycastle|com\\.sun\\.jna|"
                            + "com\\.fasterxml|org\\.jpptp\\.lab|java\\.util\\.logging)\\..*"));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CurrentClassesTest {
    @TempDir
    Path folder;

    @Test
    void oldClassesGetStackMapsAndStillRun() throws Exception {
        Path jar = Files.copy(jarOf(CommandLine.class), folder.resolve("picocli.jar"));
        List<String> names = names(jar);

        CurrentClasses.main(new String[] {folder.toString()});

        ClassModel parsed = ClassFile.of().parse(content(jar, "picocli/CommandLine.class"));
        assertThat(parsed.majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
        assertThat(parsed.methods().stream().anyMatch(CurrentClassesTest::hasStackMap))
                .isTrue();
        assertThat(names(jar)).isEqualTo(names);
        // the verifier goes over a class when it is initialised
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            for (String name : names) {
                if (name.startsWith("picocli/") && name.endsWith(".class")) {
                    String type = name.substring(0, name.length() - ".class".length());
                    assertThat(Class.forName(type.replace('/', '.'), true, loader)
                                    .getClassLoader())
                            .isSameAs(loader);
                }
            }
        }
    }

    @Test
    void jarOfLaterClassesIsLeftAsItIs() throws Exception {
        Path jar = Files.copy(jarOf(org.assertj.core.api.Assertions.class), folder.resolve("assertj.jar"));
        byte[] before = Files.readAllBytes(jar);

        CurrentClasses.update(jar);

        assertThat(jar).hasBinaryContent(before);
        assertThat(folder).isDirectoryContaining(file -> file.equals(jar)).isDirectoryNotContaining("glob:**.draft");
    }

    private static boolean hasStackMap(MethodModel method) {
        return method.code()
                .flatMap(code -> code.findAttribute(Attributes.stackMapTable()))
                .isPresent();
    }

    private static Path jarOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(JarEntry::getName).toList();
        }
    }

    private static byte[] content(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getInputStream(file.getJarEntry(name)).readAllBytes();
        }
    }
}

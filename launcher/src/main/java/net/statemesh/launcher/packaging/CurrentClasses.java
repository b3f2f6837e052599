// SPDX-License-Identifier: Apache-2.0
package net.statemesh.launcher.packaging;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.constant.ClassDesc;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code CurrentClasses FOLDER}: gives the classes of Java 5 in the jars of a folder the stack maps of later ones (JVMS 4.10.1). An AOT
 * cache leaves out what only the old verifier can check, and picocli, with which every command starts, is published so.
 */
public final class CurrentClasses {
    private static final String CLASS = ".class";
    private static final int VERSION_OFFSET = 6;

    private CurrentClasses() {}

    public static void main(String[] arguments) throws IOException {
        List<Path> jars;
        try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
            jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
        for (Path jar : jars) {
            update(jar);
        }
    }

    /** Rewrites the jar when it holds such classes, else leaves it as it is. */
    static void update(Path jar) throws IOException {
        Path draft = jar.resolveSibling(jar.getFileName() + ".draft");
        try (JarFile from = new JarFile(jar.toFile())) {
            List<JarEntry> entries = from.stream().toList();
            if (entries.stream().noneMatch(entry -> isOld(entry, content(from, entry)))) {
                return;
            }
            ClassFile tool = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(type -> resource(from, type))
                                    .orElse(ClassHierarchyResolver.defaultResolver())));
            try (OutputStream out = Files.newOutputStream(draft);
                    JarOutputStream to = new JarOutputStream(out)) {
                for (JarEntry entry : entries) {
                    byte[] content = content(from, entry);
                    to.putNextEntry(new JarEntry(entry.getName()));
                    to.write(isOld(entry, content) ? current(tool, content) : content);
                    to.closeEntry();
                }
            }
        }
        Files.move(draft, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] current(ClassFile tool, byte[] content) {
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        // going through every method body is what makes the tool compute its stack map
        ClassTransform bodies = ClassTransform.transformingMethodBodies((builder, element) -> builder.with(element));
        return tool.transformClass(tool.parse(content), bodies.andThen(version));
    }

    private static boolean isOld(JarEntry entry, byte[] content) {
        return entry.getName().endsWith(CLASS)
                && ByteBuffer.wrap(content).getShort(VERSION_OFFSET) < ClassFile.JAVA_6_VERSION;
    }

    private static @Nullable InputStream resource(JarFile jar, ClassDesc type) {
        String descriptor = type.descriptorString();
        JarEntry entry = jar.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + CLASS);
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

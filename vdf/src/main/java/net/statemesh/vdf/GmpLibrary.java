// SPDX-License-Identifier: Apache-2.0
package net.statemesh.vdf;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds libgmp on this machine, once. */
final class GmpLibrary {
    static final String MULTIPLY = "__gmpn_mul";
    static final String SQUARE = "__gmpn_sqr";
    static final String DIVIDE = "__gmpn_tdiv_qr";
    static final String DIVIDE_EXACTLY = "__gmpn_divexact";

    private static final String FILE = "libgmp.so.10";
    private static final @Nullable SymbolLookup LIBRARY = open();

    private GmpLibrary() {}

    /** False where libgmp or one of its functions is missing, native access is refused, or addresses are not of 64 bits. */
    static boolean isUsable() {
        SymbolLookup library = LIBRARY;
        return library != null
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && List.of(MULTIPLY, SQUARE, DIVIDE, DIVIDE_EXACTLY).stream()
                        .allMatch(name -> library.find(name).isPresent());
    }

    /** @throws UnsatisfiedLinkError where {@link #isUsable} is false */
    @SuppressWarnings("restricted") // the signatures are those of gmp.h
    static MethodHandle function(String name, FunctionDescriptor signature) {
        SymbolLookup library = LIBRARY;
        if (library == null) {
            throw new UnsatisfiedLinkError(FILE + " is not on this machine");
        }
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name).orElseThrow(() -> new UnsatisfiedLinkError(FILE + " has no " + name)),
                        signature,
                        Linker.Option.critical(true));
    }

    @SuppressWarnings("restricted") // loads the one library named above
    private static @Nullable SymbolLookup open() {
        try {
            return SymbolLookup.libraryLookup(FILE, Arena.global());
        } catch (IllegalArgumentException | IllegalCallerException | UnsatisfiedLinkError e) {
            return null;
        }
    }
}

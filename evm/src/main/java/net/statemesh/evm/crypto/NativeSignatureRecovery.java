// SPDX-License-Identifier: Apache-2.0
package net.statemesh.evm.crypto;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import net.statemesh.evm.type.Address;
import net.statemesh.evm.type.Word;
import org.jspecify.annotations.Nullable;

/** Recovery with libsecp256k1; the sizes are those of secp256k1.h and secp256k1_recovery.h. */
public final class NativeSignatureRecovery implements SignatureRecovery {
    private static final String FILE = "libsecp256k1.so.1";
    private static final String CREATE_CONTEXT = "secp256k1_context_create";
    private static final String PARSE = "secp256k1_ecdsa_recoverable_signature_parse_compact";
    private static final String RECOVER = "secp256k1_ecdsa_recover";
    private static final String SERIALIZE = "secp256k1_ec_pubkey_serialize";

    /** SECP256K1_CONTEXT_VERIFY, which later versions take as well. */
    private static final int CONTEXT_FLAGS = 0x101;

    private static final int UNCOMPRESSED = 2;
    private static final int SIGNATURE_BYTES = 65;
    private static final int KEY_BYTES = 64;
    private static final int POINT_BYTES = 65;

    private static final @Nullable SymbolLookup LIBRARY = open();

    private final MemorySegment context;
    private final MethodHandle parse;
    private final MethodHandle recover;
    private final MethodHandle serialize;

    /**
     * Opens the library.
     *
     * @throws UnsatisfiedLinkError where {@link #isUsable} is false
     */
    public NativeSignatureRecovery() {
        MethodHandle create = function(CREATE_CONTEXT, FunctionDescriptor.of(ADDRESS, JAVA_INT));
        parse = function(PARSE, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
        recover = function(RECOVER, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        serialize = function(SERIALIZE, FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
        try {
            context = (MemorySegment) create.invokeExact(CONTEXT_FLAGS);
        } catch (Throwable e) {
            throw failed(CREATE_CONTEXT, e);
        }
    }

    /** False where the library is missing or was built without recovery. */
    public static boolean isUsable() {
        SymbolLookup library = LIBRARY;
        return library != null
                && List.of(CREATE_CONTEXT, PARSE, RECOVER, SERIALIZE).stream()
                        .allMatch(name -> library.find(name).isPresent());
    }

    @Override
    public Optional<Address> recover(Word hash, int yParity, Word r, Word s) {
        byte[] signature = new byte[2 * Word.BYTES];
        r.write(signature, 0);
        s.write(signature, Word.BYTES);
        byte[] point = new byte[POINT_BYTES];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parsed = arena.allocate(SIGNATURE_BYTES);
            MemorySegment compact = arena.allocateFrom(JAVA_BYTE, signature);
            if ((int) parse.invokeExact(context, parsed, compact, yParity) != 1) {
                return Optional.empty();
            }
            MemorySegment key = arena.allocate(KEY_BYTES);
            MemorySegment message = arena.allocateFrom(JAVA_BYTE, hash.toBytes());
            if ((int) recover.invokeExact(context, key, parsed, message) != 1) {
                return Optional.empty();
            }
            MemorySegment out = arena.allocate(POINT_BYTES);
            MemorySegment length = arena.allocateFrom(JAVA_LONG, POINT_BYTES);
            int done = (int) serialize.invokeExact(context, out, length, key, UNCOMPRESSED);
            if (done != 1) {
                throw new IllegalStateException(SERIALIZE + " returned " + done);
            }
            MemorySegment.copy(out, JAVA_BYTE, 0, point, 0, POINT_BYTES);
        } catch (Throwable e) {
            throw failed(RECOVER, e);
        }
        return Optional.of(JavaSignatureRecovery.addressOf(point));
    }

    private static IllegalStateException failed(String function, Throwable cause) {
        return new IllegalStateException(function + " of " + FILE + " failed", cause);
    }

    @SuppressWarnings("restricted") // the signatures are those of the headers
    private static MethodHandle function(String name, FunctionDescriptor signature) {
        SymbolLookup library = LIBRARY;
        if (library == null) {
            throw new UnsatisfiedLinkError(FILE + " is not on this machine");
        }
        return Linker.nativeLinker()
                .downcallHandle(
                        library.find(name).orElseThrow(() -> new UnsatisfiedLinkError(FILE + " has no " + name)),
                        signature);
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

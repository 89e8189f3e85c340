package io.lexigram.cache.autoconfigure.aop;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.asm.Type;
import org.springframework.util.ClassUtils;

/**
 * Finds, in byte code, methods of a class that call its annotated methods on {@code this}.
 *
 * <p>A method that gets hold of any other object of the class, by a field, a cast, a parameter, a call or a constructor, is
 * passed over: its calls may go through the proxy.
 */
final class SelfInvocations extends ClassVisitor {

    private final String className;
    private final String internalName;
    private final Map<String, String> annotated;
    private final Set<Found> found = new LinkedHashSet<>();

    private SelfInvocations(Class<?> type, Map<String, String> annotated) {
        super(SpringAsmInfo.ASM_VERSION);
        this.className = type.getName();
        this.internalName = Type.getInternalName(type);
        this.annotated = annotated;
    }

    static Set<Found> in(Class<?> type, Set<Method> annotatedMethods) {
        Map<String, String> annotated = new HashMap<>();
        for (Method method : annotatedMethods) {
            annotated.put(method.getName() + Type.getMethodDescriptor(method), type.getName() + "." + method.getName());
        }
        SelfInvocations visitor = new SelfInvocations(type, annotated);
        try (InputStream code = type.getResourceAsStream(ClassUtils.getClassFileName(type))) {
            if (code != null) {
                new ClassReader(code).accept(visitor, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            }
        } catch (IOException | IllegalArgumentException e) {
            return Set.of();
        }
        return visitor.found;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        boolean instance = (access & Opcodes.ACC_STATIC) == 0 && (access & Opcodes.ACC_BRIDGE) == 0;
        return instance ? new Calls(name, descriptor) : null;
    }

    /** A method and an annotated one that it calls on its own object. */
    record Found(String caller, String called) {}

    private final class Calls extends MethodVisitor {

        private final String caller;
        private final Set<String> called = new LinkedHashSet<>();
        private boolean otherObjects;

        private Calls(String caller, String descriptor) {
            super(SpringAsmInfo.ASM_VERSION);
            boolean lambda = caller.startsWith("lambda$");
            this.caller = lambda ? caller.substring("lambda$".length(), caller.lastIndexOf('$')) : caller;
            for (Type argument : Type.getArgumentTypes(descriptor)) {
                seeing(argument);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            seeing(Type.getReturnType(descriptor));
            String method = annotated.get(name + descriptor);
            if (opcode == Opcodes.INVOKEVIRTUAL && owner.equals(internalName) && method != null) {
                called.add(method);
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            seeing(Type.getType(descriptor));
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode != Opcodes.INSTANCEOF) {
                seeing(Type.getObjectType(type));
            }
        }

        @Override
        public void visitInvokeDynamicInsn(
                String name, String descriptor, org.springframework.asm.Handle bootstrap, Object... arguments) {
            seeing(Type.getReturnType(descriptor));
        }

        @Override
        public void visitEnd() {
            if (!otherObjects) {
                called.forEach(method -> found.add(new Found(className + "." + caller, method)));
            }
        }

        private void seeing(Type type) {
            otherObjects |=
                    type.getSort() == Type.OBJECT && type.getInternalName().equals(internalName);
        }
    }
}

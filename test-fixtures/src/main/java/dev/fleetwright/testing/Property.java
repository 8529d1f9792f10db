package dev.fleetwright.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * A statement that must hold for all generated inputs.
 *
 * <p>A failure is an {@link AssertionError} that names the seed and the (shrunk) input. {@code -Dseed=N} runs that
 * one seed again; {@code -Dtries=N} sets how many seeds are run, so that a longer campaign is a matter of a profile.
 */
public final class Property {

    /** Fixed by default: a build must not fail today for what it did not try yesterday. Campaigns set their own. */
    private static final long FIRST_SEED = 1;

    private static final RandomGeneratorFactory<RandomGenerator> RANDOM = RandomGeneratorFactory.of("L64X128MixRandom");

    private Property() {}

    /** What must hold; it fails by throwing anything, most often an assertion error. */
    @FunctionalInterface
    public interface Check<T> {
        void accept(T value) throws Exception;
    }

    /**
     * Runs the check on one value for each seed.
     *
     * @param tries how many seeds when {@code -Dtries} does not say otherwise; at least 1
     */
    public static <T> void check(String name, int tries, Gen<T> gen, Check<? super T> check) {
        run(name, tries, gen, check, Function.identity());
    }

    /**
     * Like {@link #check}, for sequences of operations: a failing sequence is shrunk by dropping steps, first in
     * large pieces, then one by one, as long as what remains still fails. The check must start from a fresh state.
     */
    public static <T> void checkSequence(String name, int tries, Gen<List<T>> gen, Check<? super List<T>> check) {
        run(name, tries, gen, check, failing -> shrink(failing, check));
    }

    /** The random generator of a seed, the same one the checks use. */
    public static RandomGenerator random(long seed) {
        return RANDOM.create(seed);
    }

    private static <T> void run(String name, int tries, Gen<T> gen, Check<? super T> check, Function<T, T> shrinker) {
        var only = Long.getLong("seed");
        long first = only == null ? FIRST_SEED : only;
        long last = only == null ? first + Integer.getInteger("tries", tries) : first + 1;
        for (long seed = first; seed < last; seed++) {
            var value = gen.next(random(seed));
            var failure = failureOf(check, value);
            if (failure != null) {
                var smallest = shrinker.apply(value);
                var cause = failureOf(check, smallest);
                throw new AssertionError(
                        "%s%n  does not hold for seed %d (repeat with -Dseed=%d)%n  input: %s%n  because: %s"
                                .formatted(name, seed, seed, print(smallest), cause == null ? failure : cause),
                        cause == null ? failure : cause);
            }
        }
    }

    private static <T> @Nullable Throwable failureOf(Check<? super T> check, T value) {
        try {
            check.accept(value);
            return null;
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable t) {
            return t;
        }
    }

    private static String print(Object value) {
        if (value instanceof List<?> steps) {
            var text = new StringBuilder(steps.size() + " steps");
            for (int i = 0; i < steps.size(); i++) {
                text.append("%n    %d. %s".formatted(i + 1, steps.get(i)));
            }
            return text.toString();
        }
        return String.valueOf(value);
    }

    static <T> List<T> shrink(List<T> failing, Check<? super List<T>> check) {
        var smallest = failing;
        int piece = Math.max(1, failing.size() / 2);
        while (true) {
            var without = firstFailingWithout(smallest, piece, check);
            if (without != null) {
                smallest = without;
                piece = Math.max(1, Math.min(piece, smallest.size() / 2));
            } else if (piece == 1) {
                return smallest;
            } else {
                piece = piece / 2;
            }
        }
    }

    private static <T> @Nullable List<T> firstFailingWithout(List<T> steps, int piece, Check<? super List<T>> check) {
        for (int from = 0; from < steps.size(); from += piece) {
            int to = Math.min(steps.size(), from + piece);
            var rest = new ArrayList<T>(steps.subList(0, from));
            rest.addAll(steps.subList(to, steps.size()));
            if (failureOf(check, List.copyOf(rest)) != null) {
                return List.copyOf(rest);
            }
        }
        return null;
    }
}

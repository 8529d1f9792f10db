package dev.fleetwright.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * A source of random values of one type. The same random generator state gives the same value, so a seed
 * is enough to repeat a run.
 *
 * @param <T> what is generated
 */
@FunctionalInterface
public interface Gen<T> {

    T next(RandomGenerator random);

    static <T> Gen<T> constant(T value) {
        return random -> value;
    }

    /** Whole numbers from min to max, both included; the bounds themselves come up often. */
    static Gen<Integer> ints(int min, int max) {
        return random -> switch (random.nextInt(10)) {
            case 0 -> min;
            case 1 -> max;
            default -> (int) random.nextLong(min, max + 1L);
        };
    }

    /** Whole seconds from min to max, both included. */
    static Gen<Duration> durations(Duration min, Duration max) {
        return random -> Duration.ofSeconds(random.nextLong(min.toSeconds(), max.toSeconds() + 1));
    }

    static Gen<Boolean> booleans() {
        return RandomGenerator::nextBoolean;
    }

    /** True in about {@code percent} of all cases. */
    static Gen<Boolean> chance(int percent) {
        return random -> random.nextInt(100) < percent;
    }

    @SafeVarargs
    static <T> Gen<T> elements(T... values) {
        var fixed = List.of(values);
        return random -> fixed.get(random.nextInt(fixed.size()));
    }

    static <T> Gen<T> elements(List<? extends T> values) {
        List<T> fixed = List.copyOf(values);
        return random -> fixed.get(random.nextInt(fixed.size()));
    }

    static <E extends Enum<E>> Gen<E> enumOf(Class<E> type) {
        return elements(List.of(type.getEnumConstants()));
    }

    /** Each of the given generators is as likely as the others. */
    @SafeVarargs
    static <T> Gen<T> oneOf(Gen<? extends T>... choices) {
        var fixed = List.of(choices);
        return random -> fixed.get(random.nextInt(fixed.size())).next(random);
    }

    /** A choice with weights; the weights need not add up to anything in particular. */
    static <T> Gen<T> weighted(List<Weighted<? extends T>> choices) {
        var fixed = List.copyOf(choices);
        int total = fixed.stream().mapToInt(Weighted::weight).sum();
        return random -> {
            int at = random.nextInt(total);
            for (var choice : fixed) {
                at -= choice.weight();
                if (at < 0) {
                    return choice.gen().next(random);
                }
            }
            throw new IllegalStateException("weights changed while choosing");
        };
    }

    /** One choice of {@link #weighted}; the weight is at least 1. */
    record Weighted<T>(int weight, Gen<T> gen) {
        public Weighted {
            if (weight < 1) {
                throw new IllegalArgumentException("weight must be at least 1 but is " + weight);
            }
        }
    }

    /** Text over the given letters, of min to max length, both included. */
    static Gen<String> strings(String letters, int min, int max) {
        return random -> {
            int length = random.nextInt(min, max + 1);
            var text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            return text.toString();
        };
    }

    /** Empty in about one of four cases; for optional fields of specs. */
    default Gen<Optional<T>> optional() {
        return random -> random.nextInt(4) == 0 ? Optional.empty() : Optional.of(next(random));
    }

    default Gen<List<T>> listOf(int min, int max) {
        return random -> {
            int size = random.nextInt(min, max + 1);
            var list = new ArrayList<T>(size);
            for (int i = 0; i < size; i++) {
                list.add(next(random));
            }
            return List.copyOf(list);
        };
    }

    default <U> Gen<U> map(Function<? super T, ? extends U> change) {
        return random -> change.apply(next(random));
    }

    default <U> Gen<U> then(Function<? super T, Gen<U>> continuation) {
        return random -> continuation.apply(next(random)).next(random);
    }

    default <U, V> Gen<V> with(Gen<U> other, BiFunction<? super T, ? super U, ? extends V> join) {
        return random -> join.apply(next(random), other.next(random));
    }

    /** Values that pass the test; gives up after 10,000 tries, since then the test is hardly ever true. */
    default Gen<T> where(Predicate<? super T> test) {
        return random -> {
            for (int i = 0; i < 10_000; i++) {
                var value = next(random);
                if (test.test(value)) {
                    return value;
                }
            }
            throw new IllegalStateException("no generated value passed the filter in 10,000 tries");
        };
    }
}

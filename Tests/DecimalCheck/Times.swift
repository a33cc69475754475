// SPDX-License-Identifier: Apache-2.0

// What operations cost, in processor time: `decimal-check times`.

internal import DecimalNumbers

#if canImport(Glibc)
    internal import Glibc
#endif

/// Processor time of this thread.
private func nanoseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Prints the least time of a step of eleven runs over the pairs.
@inline(__always)
private func time(
    _ name: String,
    _ pairs: [(DecimalNumber, DecimalNumber)],
    _ step: (DecimalNumber, DecimalNumber) -> Int64
) {
    var least = Double.infinity
    var sum: Int64 = 0
    for _ in 0..<11 {
        let start = nanoseconds()
        for _ in 0..<16 {
            for (left, right) in pairs { sum &+= step(left, right) }
        }
        least = min(least, (nanoseconds() - start) / Double(pairs.count * 16))
    }
    // The sum is printed so that the work is done.
    print(name, (least * 10).rounded() / 10, "ns", sum & 1 == 0 ? "" : " ")
}

/// Something of a result that depends on all of it.
@inline(__always)
private func mark(_ number: DecimalNumber?) -> Int64 {
    guard let number else { return 1 }
    return Int64(truncatingIfNeeded: number.coefficient) &+ Int64(number.exponent)
}

private func numbers(digits: Int, exponents: ClosedRange<Int>) -> [DecimalNumber] {
    var random = SystemRandomNumberGenerator()
    return (0..<1024).compactMap { _ in
        var value: Int128 = 0
        for _ in 0..<digits { value = value * 10 + Int128.random(in: 1...9, using: &random) }
        return DecimalNumber(
            coefficient: value,
            exponent: Int.random(in: exponents, using: &random)
        )
    }
}

/// Prints what each operation costs.
func printTimes() {
    let amounts = numbers(digits: 8, exponents: -2 ... -2)
    let others = Array(amounts.reversed())
    let rates = numbers(digits: 4, exponents: -5 ... -3)
    let long = numbers(digits: 34, exponents: -33 ... -30)
    let cases = [
        ("amounts", Array(zip(amounts, others))), ("amount, rate", Array(zip(amounts, rates))),
        ("34 digits", Array(zip(long, Array(long.reversed())))),
    ]
    for (name, pairs) in cases {
        time("\(name): add", pairs) { mark($0.adding($1)) }
        time("\(name): multiply", pairs) { mark($0.multiplied(by: $1)) }
        time("\(name): less", pairs) { $0 < $1 ? 1 : 0 }
        time("\(name): equal", pairs) { $0 == $1 ? 1 : 0 }
        time("\(name): divide", pairs) { mark($0.divided(by: $1)) }
        time("\(name): modulo", pairs) { mark($0.remainder(dividingBy: $1)) }
        time("\(name): to cents", pairs) { left, _ in mark(left.rounded(scale: 1, .halfEven)) }
        time("\(name): square root", pairs) { left, _ in mark(left.squareRoot()) }
        time("\(name): exponential", pairs) { _, right in mark(right.exponential()) }
        time("\(name): logarithm", pairs) { left, _ in mark(left.naturalLogarithm()) }
        time("\(name): hash", pairs) { left, _ in Int64(left.hashValue) }
        time("\(name): print", pairs) { left, _ in Int64(left.description.utf8.count) }
        time("\(name): to double", pairs) { left, _ in Int64(left.doubleValue) }
        let texts = pairs.map { Array($0.0.description.utf8) }
        var index = 0
        time("\(name): parse", pairs) { _, _ in
            index = (index + 1) & 1023
            return mark(DecimalNumber(parsing: texts[index]))
        }
        let doubles = pairs.map { $0.0.doubleValue }
        time("\(name): from double", pairs) { _, _ in
            index = (index + 1) & 1023
            return mark(DecimalNumber(shortest: doubles[index]))
        }
    }
}

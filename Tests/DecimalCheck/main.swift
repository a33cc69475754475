// SPDX-License-Identifier: Apache-2.0

// Computes what decimal_check.py asks, a line each: a kind and its numbers in, the result out.
// With the argument `times` prints what operations cost.

internal import DecimalNumbers

#if canImport(Glibc)
    internal import Glibc
#endif

/// A result as its digits and exponent.
func written(_ number: DecimalNumber?) -> String {
    number.map { "\($0.coefficient)E\($0.exponent)" } ?? "none"
}

/// A double of its bits.
func double(_ text: Substring) -> Double {
    Double(bitPattern: UInt64(text, radix: 16) ?? 0)
}

let roundings: [Substring: DecimalRounding] = [
    "ROUND_HALF_EVEN": .halfEven, "ROUND_HALF_UP": .halfUp, "ROUND_HALF_DOWN": .halfDown,
    "ROUND_UP": .up, "ROUND_DOWN": .down, "ROUND_CEILING": .ceiling, "ROUND_FLOOR": .floor,
]

/// What a line asks of one number.
func result(_ kind: Substring, _ number: DecimalNumber, _ words: [Substring]) -> String? {
    switch kind {
    case "sqrt": return written(number.squareRoot())
    case "exp": return written(number.exponential())
    case "ln": return written(number.naturalLogarithm())
    case "print": return number.description
    case "nearest":
        let bits = String(number.doubleValue.bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - bits.count) + bits
    case "round":
        guard let scale = Int(words[2]), let rule = roundings[words[3]] else { return nil }
        return written(number.rounded(scale: scale, rule))
    case "threshold":
        let value = double(words[2])
        return DecimalComparison.allCases
            .map { DoubleTest($0, number).holds(value) ? "1" : "0" }.joined()
    default: return nil
    }
}

/// What a line asks of two numbers.
func result(_ kind: Substring, _ left: DecimalNumber, _ right: DecimalNumber) -> String? {
    switch kind {
    case "add": return written(left.adding(right))
    case "subtract": return written(left.subtracting(right))
    case "multiply": return written(left.multiplied(by: right))
    case "divide": return written(left.divided(by: right))
    case "modulo": return written(left.remainder(dividingBy: right))
    case "power": return written(left.power(right))
    case "compare":
        let order = left < right ? -1 : (left == right ? 0 : 1)
        // Equal numbers have one hash, and others, as good as surely, another.
        return "\(order) \(left.hashValue == right.hashValue ? 1 : 0)"
    default: return nil
    }
}

if CommandLine.arguments.dropFirst().first == "times" {
    printTimes()
    exit(0)
}

while let line = readLine() {
    let words = line.split(separator: " ")
    if words.count == 2, words[0] == "shortest" {
        print(written(DecimalNumber(shortest: double(words[1]))))
        continue
    }
    guard words.count > 1, let number = DecimalNumber(parsing: words[1].utf8) else {
        print("none")
        continue
    }
    var answer = words[0] == "parse" ? written(number) : result(words[0], number, words)
    if answer == nil, words.count == 3, let other = DecimalNumber(parsing: words[2].utf8) {
        answer = result(words[0], number, other)
    }
    print(answer ?? "unknown")
}

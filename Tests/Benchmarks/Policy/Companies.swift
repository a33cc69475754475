// SPDX-License-Identifier: Apache-2.0

// The rows of the measurement, as columns.

import CompiledTables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What went wrong with a file.
struct FileFailure: Error {
    let path: String
}

/// The bytes of a file.
func bytes(of path: String) throws -> [UInt8] {
    guard let file = fopen(path, "rb") else { throw FileFailure(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&part, 1, part.count, file), count > 0 {
        bytes += part.prefix(count)
    }
    return bytes
}

/// Columns: three of numbers, then two of numbers of texts.
final class Companies {
    let count: Int
    let numbers: [UnsafeMutablePointer<Double>]
    let codes: [UnsafeMutablePointer<Int32>]

    /// The texts of the two columns.
    static let texts = [
        (0..<21).map { String(UnicodeScalar(UInt8(65 + $0))) },
        ["SA", "SAS", "SARL", "EURL", "EI", "SCI", "SNC", "SCA"],
    ]

    /// Reads them: how many there are, then column by column.
    init(_ path: String) throws {
        let all = try bytes(of: path)
        guard all.count >= 8 else { throw FileFailure(path: path) }
        count = Int(all.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) })
        guard all.count == 8 + count * (3 * 8 + 2 * 4) else { throw FileFailure(path: path) }
        (numbers, codes) = Self.memory(count)
        all.withUnsafeBytes { all in
            for (place, column) in numbers.enumerated() {
                for row in 0..<count {
                    let offset = 8 + (place * count + row) * 8
                    column[row] = all.loadUnaligned(fromByteOffset: offset, as: Double.self)
                }
            }
            for (place, column) in codes.enumerated() {
                for row in 0..<count {
                    let offset = 8 + 3 * 8 * count + (place * count + row) * 4
                    column[row] = all.loadUnaligned(fromByteOffset: offset, as: Int32.self)
                }
            }
        }
    }

    /// Some of the rows, again and again, as many as there were.
    init(_ rows: [Int], of all: Companies) {
        count = all.count
        (numbers, codes) = Self.memory(count)
        for row in 0..<count {
            for place in 0..<3 { numbers[place][row] = all.numbers[place][rows[row % rows.count]] }
            for place in 0..<2 { codes[place][row] = all.codes[place][rows[row % rows.count]] }
        }
    }

    private static func memory(
        _ count: Int
    ) -> ([UnsafeMutablePointer<Double>], [UnsafeMutablePointer<Int32>]) {
        (
            (0..<3).map { _ in .allocate(capacity: count) },
            (0..<2).map { _ in .allocate(capacity: count) }
        )
    }

    deinit {
        for column in numbers { column.deallocate() }
        for column in codes { column.deallocate() }
    }

    /// The columns from a row on.
    func given(from row: Int, _ bound: [BoundTexts]) -> [GivenValues] {
        numbers.map { .numbers(UnsafePointer($0 + row)) }
            + zip(codes, bound).map { .texts(UnsafePointer($0 + row), $1) }
    }
}

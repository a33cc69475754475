// SPDX-License-Identifier: Apache-2.0

// The embedded descriptors of proto files: found by the name of a file or of what it declares.

internal import CServiceDescriptors

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// Finds proto files.
enum DescriptorIndex {
    private static var files: UnsafeBufferPointer<vigie_descriptor_file> {
        var count = 0
        let start = vigie_descriptor_files(&count)
        return UnsafeBufferPointer(start: start, count: count)
    }

    private static var symbols: UnsafeBufferPointer<vigie_descriptor_symbol> {
        var count = 0
        let start = vigie_descriptor_symbols(&count)
        return UnsafeBufferPointer(start: start, count: count)
    }

    /// The number of the file of a name.
    static func file(named name: String) -> Int? {
        find(name, in: files.count) { files[$0].name }
    }

    /// The number of the file that declares a full name.
    static func file(declaring symbol: String) -> Int? {
        let symbols = symbols
        return find(symbol, in: symbols.count) { symbols[$0].name }.map { Int(symbols[$0].file) }
    }

    /// Whether a full name is that of a message.
    static func isMessage(_ symbol: String) -> Bool {
        let symbols = symbols
        let place = find(symbol, in: symbols.count) { symbols[$0].name }
        return place.map { symbols[$0].is_message } ?? false
    }

    /// The encoded descriptors of a file and of all that it imports, each as a field of a
    /// FileDescriptorResponse. They are part of the program.
    static func descriptors(ofFile number: Int) -> [UnsafeRawBufferPointer] {
        let files = files
        guard files.indices.contains(number) else { return [] }
        let closure = UnsafeBufferPointer(
            start: files[number].closure,
            count: files[number].closure_count
        )
        return closure.map { place in
            let file = files[Int(place)]
            return UnsafeRawBufferPointer(start: file.bytes, count: file.length)
        }
    }

    /// The place of a name among sorted ones.
    private static func find(
        _ name: String,
        in count: Int,
        _ nameAt: (Int) -> UnsafePointer<CChar>
    ) -> Int? {
        // C would end it there.
        guard !name.utf8.contains(0) else { return nil }
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            let order = strcmp(nameAt(middle), name)
            if order == 0 { return middle }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}

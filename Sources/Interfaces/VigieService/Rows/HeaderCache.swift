// SPDX-License-Identifier: Apache-2.0

// Remembers prepared headers by their encoded bytes: callers send the same header
// with every unary call, and preparing one costs more than scoring a row.

internal import Quantities
internal import VigieLimits

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#endif

/// The last few headers of one event loop.
struct HeaderCache: ~Copyable {
    private struct Entry {
        let bytes: [UInt8]
        let today: CalendarDate
        /// With a reference to it.
        let header: Unmanaged<PreparedHeader>
        let isForToday: Bool
    }

    private var entries: [Entry] = []
    private var nextIndex = 0
    private let limits: ServiceLimits

    init(limits: ServiceLimits) {
        self.limits = limits
    }

    deinit {
        for entry in entries { entry.header.release() }
    }

    /// The header that was prepared from the same bytes, unless its date has passed. It is borrowed
    /// until the next one is inserted: nearly all calls need no reference of their own.
    func header(for bytes: UnsafeRawBufferPointer, today: CalendarDate) -> Unmanaged<
        PreparedHeader
    >? {
        // By index: to iterate would retain each entry.
        for index in entries.indices where entries[index].bytes.count == bytes.count {
            if entries[index].today != today && entries[index].isForToday { continue }
            let isEqual = entries[index].bytes.withUnsafeBytes { known in
                guard let left = known.baseAddress, let right = bytes.baseAddress else {
                    return true
                }
                return memcmp(left, right, bytes.count) == 0
            }
            if isEqual { return entries[index].header }
        }
        return nil
    }

    /// Remembers a header in the place of the oldest.
    mutating func insert(
        _ header: PreparedHeader,
        for bytes: UnsafeRawBufferPointer,
        today: CalendarDate
    ) {
        guard !header.isOfOneStream, bytes.count <= limits.cachedHeaderBytesMax else { return }
        guard limits.cachedHeadersMax > 0 else { return }
        let entry = Entry(
            bytes: [UInt8](bytes),
            today: today,
            header: .passRetained(header),
            isForToday: header.isForToday
        )
        if entries.count < limits.cachedHeadersMax {
            entries.append(entry)
        } else {
            entries[nextIndex].header.release()
            entries[nextIndex] = entry
            nextIndex = (nextIndex + 1) % entries.count
        }
    }
}

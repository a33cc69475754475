// SPDX-License-Identifier: Apache-2.0

// Temporary files of a process that is interrupted are removed by the signal's
// handler, which may do no more than remove a name and end.

internal import Glibc
internal import Synchronization

/// The temporary file that the process would leave behind.
enum Leftovers {
    /// The name as the handler needs it; one at a time, for a command has one output.
    private static let name = Atomic<UInt>(0)

    /// From now on the file is removed when a signal ends the process.
    static func add(_ path: String) {
        let copy = UInt(bitPattern: strdup(path))
        guard
            name.compareExchange(expected: 0, desired: copy, ordering: .sequentiallyConsistent)
                .exchanged
        else { return }
        for number in [SIGINT, SIGTERM, SIGHUP] {
            var action = sigaction()
            // What is ignored, as behind nohup, stays so.
            guard sigaction(number, nil, &action) == 0,
                unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) != 1
            else { continue }
            signal(number) { number in
                Leftovers.removeAll()
                signal(number, SIG_DFL)
                raise(number)
            }
        }
    }

    /// The file is gone or in its place.
    static func remove(_ path: String) {
        let pointer = UnsafeMutablePointer<CChar>(
            bitPattern: name.load(ordering: .sequentiallyConsistent)
        )
        guard let pointer, strcmp(pointer, path) == 0 else { return }
        name.store(0, ordering: .sequentiallyConsistent)
        free(pointer)
    }

    /// Removes the file, in a signal's handler or on the way out.
    static func removeAll() {
        let pointer = UnsafePointer<CChar>(
            bitPattern: name.load(ordering: .sequentiallyConsistent)
        )
        if let pointer { unlink(pointer) }
    }
}

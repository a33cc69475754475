// SPDX-License-Identifier: Apache-2.0

// Calls in a list whose links are in the calls themselves: to move a call from one list to
// another takes no memory and counts no references.

/// A list of calls that holds a reference to each.
///
/// Calls go in and out together with that reference, so that no function here counts any.
struct CallList: ~Copyable {
    /// The call that came last.
    private(set) var first: Unmanaged<ServerCall>?
    private(set) var count = 0

    /// Puts a call in front; the list takes over a reference to it.
    mutating func insert(_ call: Unmanaged<ServerCall>) {
        let second = first
        call._withUnsafeGuaranteedRef {
            $0.previous = nil
            $0.next = second
        }
        second?._withUnsafeGuaranteedRef { $0.previous = call }
        first = call
        count += 1
    }

    /// Takes out a call, which must be in this list; the caller takes over the reference to it.
    mutating func remove(_ call: Unmanaged<ServerCall>) {
        let (previous, next) = call._withUnsafeGuaranteedRef { ($0.previous, $0.next) }
        next?._withUnsafeGuaranteedRef { $0.previous = previous }
        if let previous {
            previous._withUnsafeGuaranteedRef { $0.next = next }
        } else {
            first = next
        }
        count -= 1
    }

    /// Takes out the call in front; the caller takes over the reference to it.
    mutating func popFirst() -> Unmanaged<ServerCall>? {
        guard let call = first else { return nil }
        remove(call)
        return call
    }
}

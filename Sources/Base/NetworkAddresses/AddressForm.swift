// SPDX-License-Identifier: Apache-2.0

// Addresses as people write them: the one reader of all that listens and all that is called.

/// What is wrong with an address, and what to write.
package struct AddressProblem: Error, Equatable, CustomStringConvertible {
    /// In words, without a full stop. Never what may be a user name or a password.
    package let description: String

    /// A problem in words.
    package init(_ description: String) { self.description = description }
}

/// How addresses are written somewhere, and how many there may be.
package struct AddressForm: Sendable {
    /// The port of an address that names none; nil where each must name one.
    let defaultPort: Int?
    /// Whether sockets may be files, and what is called be written as gRPC's targets.
    let takesPaths: Bool
    /// How many there may be.
    let countMax: Int
    /// An address that is one.
    let example: String

    /// Addresses to listen on, `HOST:PORT`: port 0 stands for any that is free.
    package static func listening(
        takesPaths: Bool,
        countMax: Int = 1,
        example: String
    ) -> AddressForm {
        AddressForm(
            defaultPort: nil,
            takesPaths: takesPaths,
            countMax: countMax,
            example: example
        )
    }

    /// Addresses to call, `HOST` or `HOST:PORT`; with paths also `dns:///HOST:PORT`,
    /// `ipv4:ADDRESS:PORT,…` and `ipv6:[ADDRESS]:PORT,…`, as gRPC has it.
    package static func calling(
        defaultPort: Int,
        takesPaths: Bool,
        countMax: Int = 1,
        example: String
    ) -> AddressForm {
        AddressForm(
            defaultPort: defaultPort,
            takesPaths: takesPaths,
            countMax: countMax,
            example: example
        )
    }

    /// Whether it is written to listen on.
    var isForListening: Bool { defaultPort == nil }

    /// Reads one address or several with commas between them.
    package func list(_ text: String) throws(AddressProblem) -> [NetworkAddress] {
        let reader = AddressReader(form: self, text: text)
        let parts = reader.parts
        try reader.refuseUserInformation(parts)
        var found: [NetworkAddress] = []
        // The scheme of a list of bare addresses stands before the first.
        var scheme = AddressReader.Scheme.none
        for part in parts {
            let address = try reader.address(part, after: &scheme)
            if isForListening, found.contains(address) {
                throw reader.problem(part, "stands there twice", write: nil)
            }
            guard found.count < countMax else {
                throw AddressProblem("there are more than \(countMax) addresses")
            }
            found.append(address)
        }
        return found
    }

    /// Reads one address.
    package func address(_ text: String) throws(AddressProblem) -> NetworkAddress {
        let found = try list(text)
        guard let first = found.first, found.count == 1 else {
            throw AddressProblem("there must be one address; write \(example)")
        }
        return first
    }

    /// What is wrong with a text that is to be one or several; nil when nothing is.
    package func problem(_ text: String) -> String? {
        do throws(AddressProblem) { _ = try list(text) } catch { return error.description }
        return nil
    }
}

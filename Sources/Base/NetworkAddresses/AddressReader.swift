// SPDX-License-Identifier: Apache-2.0

// One address of a text.

/// Reads the parts of a text.
struct AddressReader {
    /// What stands before addresses of one kind.
    enum Scheme: String {
        case none = ""
        case version4 = "ipv4:"
        case version6 = "ipv6:"
    }

    private let form: AddressForm
    /// Of a text with an at sign nothing is shown: there may be a password in any part of it.
    private let isShown: Bool
    let parts: [Substring]

    init(form: AddressForm, text: String) {
        self.form = form
        isShown = !text.contains("@")
        parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            var part = part.drop { $0 == " " }
            while part.last == " " { part.removeLast() }
            return part
        }
    }

    /// What is wrong with a part; `write` is what to write, nil for what is to be left out.
    func problem(_ part: Substring, _ words: String, write: String?) -> AddressProblem {
        let advice = write.map { "write \($0)" } ?? "leave it out"
        return AddressProblem("\(shown(part, else: "an address")) \(words); \(advice)")
    }

    private func shown(_ text: Substring, else other: String) -> String {
        guard isShown else { return other }
        let scalars = text.unicodeScalars.prefix(200).map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: Character(scalar)
            }
        }
        return "\"\(String(scalars))\""
    }

    func refuseUserInformation(_ parts: [Substring]) throws(AddressProblem) {
        guard parts.contains(where: { !$0.hasPrefix("unix:") && $0.contains("@") }) else { return }
        throw AddressProblem(
            "an address has a user name or a password in it, which is not shown here; write host "
                + "and port alone, such as \(form.example)"
        )
    }

    func address(
        _ part: Substring,
        after scheme: inout Scheme
    ) throws(AddressProblem) -> NetworkAddress {
        if part.isEmpty {
            let words = parts.count == 1 ? "there is no address" : "one of the addresses is empty"
            throw AddressProblem("\(words); write \(form.example)")
        }
        if form.takesPaths, part.hasPrefix("unix:") {
            scheme = .none
            return try path(part)
        }
        guard !form.isForListening, form.takesPaths else { return try hostAndPort(part) }
        for numeric in [Scheme.version4, .version6] where part.hasPrefix(numeric.rawValue) {
            scheme = numeric
            return try numericAddress(part.dropFirst(numeric.rawValue.count), numeric)
        }
        if !part.hasPrefix("dns:") {
            return try scheme == .none ? hostAndPort(part) : numericAddress(part, scheme)
        }
        scheme = .none
        let host = part.dropFirst("dns:".count)
        guard host.hasPrefix("//") else { return try hostAndPort(host) }
        // Between the second and the third slash a name server could stand.
        guard host.hasPrefix("///") else {
            throw problem(part, "names a name server", write: "dns:///HOST:PORT")
        }
        return try hostAndPort(host.dropFirst(3))
    }

    private func path(_ part: Substring) throws(AddressProblem) -> NetworkAddress {
        var path = part.dropFirst("unix:".count)
        if path.hasPrefix("//") {
            // With two slashes in front only whole paths may follow, as gRPC has it.
            guard path.hasPrefix("///") else {
                let write = isShown ? "unix:///\(path.dropFirst(2))" : "unix:///PATH"
                throw problem(
                    part,
                    "has a path behind its slashes that is not absolute",
                    write: write
                )
            }
            path = "/\(path.drop { $0 == "/" })"
        }
        return try checked(.unix(path: String(path)), part)
    }

    private func checked(
        _ address: NetworkAddress,
        _ part: Substring
    ) throws(AddressProblem) -> NetworkAddress {
        guard let fault = address.fault else { return address }
        let example = address.path == nil ? form.example : "unix:/run/vigie/vigied.sock"
        throw problem(part, "is no address: \(fault)", write: example)
    }

    private func numericAddress(
        _ part: Substring,
        _ scheme: Scheme
    ) throws(AddressProblem) -> NetworkAddress {
        // Without brackets all of an IPv6 address is address.
        let isBare = scheme == .version6 && NetworkAddress.isVersion6(part)
        let address =
            isBare
            ? .host(String(part), port: form.defaultPort ?? 0)
            : try hostAndPort(part)
        let isOfKind =
            scheme == .version4
            ? NetworkAddress.isVersion4(address.host) : NetworkAddress.isVersion6(address.host)
        guard isOfKind else {
            let kind = scheme == .version4 ? "IPv4" : "IPv6"
            throw problem(
                part,
                "stands behind \(scheme.rawValue) and is no \(kind) address",
                write: "dns:\(isShown ? String(part) : "HOST:PORT")"
            )
        }
        return address
    }

    /// Splits `host`, `host:port` or `[address]:port`.
    private func hostAndPort(_ part: Substring) throws(AddressProblem) -> NetworkAddress {
        if let end = part.firstRange(of: "://")?.upperBound {
            throw problem(part, "begins with a scheme", write: suggestion(part[end...]))
        }
        if part.contains("/") {
            let isPath = form.takesPaths && part.hasPrefix("/") && isShown
            throw problem(part, "has a slash", write: isPath ? "unix:\(part)" : form.example)
        }
        if part.hasPrefix("[") { return try bracketed(part) }
        guard let colon = part.lastIndex(of: ":") else { return try address(part, nil, of: part) }
        let (host, port) = (part[..<colon], part[part.index(after: colon)...])
        guard host.contains(":") else { return try address(host, port, of: part) }
        if !form.isForListening, form.takesPaths, NetworkAddress.isVersion6(part) {
            return try address(part, nil, of: part)
        }
        throw bare(part, host, port)
    }

    private func bracketed(_ part: Substring) throws(AddressProblem) -> NetworkAddress {
        guard let end = part.firstIndex(of: "]") else {
            throw problem(
                part,
                "has a bracket that is not closed",
                write: form.example(of: "[::1]")
            )
        }
        let host = part[part.index(after: part.startIndex)..<end]
        let rest = part[part.index(after: end)...]
        guard NetworkAddress.isVersion6(host) else {
            throw problem(
                part,
                "has brackets, which are for IPv6 addresses, around something else",
                write: form.example(of: "[::1]")
            )
        }
        guard rest.isEmpty || rest.hasPrefix(":") else {
            throw problem(part, "goes on behind its bracket", write: form.example(of: "[\(host)]"))
        }
        return try address(host, rest.isEmpty ? nil : rest.dropFirst(), of: part)
    }

    /// Several colons without brackets.
    private func bare(
        _ part: Substring,
        _ host: Substring,
        _ port: Substring
    ) -> AddressProblem {
        let words = "has an IPv6 address without brackets"
        if NetworkAddress.isVersion6(host), !port.isEmpty,
            port.utf8.allSatisfy(NetworkAddress.isDigit)
        {
            return problem(part, words, write: "[\(host)]:\(port)")
        }
        if NetworkAddress.isVersion6(part) {
            return problem(part, words, write: form.example(of: "[\(part)]"))
        }
        return problem(
            part,
            "has several colons, and is no IPv6 address in brackets",
            write: form.example
        )
    }

    private func address(
        _ host: Substring,
        _ portText: Substring?,
        of part: Substring
    ) throws(AddressProblem) -> NetworkAddress {
        guard !host.isEmpty else {
            throw problem(part, "has no host", write: suggestion("127.0.0.1\(part)"))
        }
        guard let portText else {
            guard let port = form.defaultPort else {
                let isPort = host.utf8.allSatisfy(NetworkAddress.isDigit)
                throw problem(
                    part,
                    isPort ? "is a port without a host" : "has no port",
                    write: isPort ? "127.0.0.1:\(host)" : form.example(of: String(part))
                )
            }
            return try checked(.host(String(host), port: port), part)
        }
        let least = form.isForListening ? 0 : 1
        let isNumber = !portText.isEmpty && portText.utf8.allSatisfy(NetworkAddress.isDigit)
        guard isNumber, let port = UInt16(portText), port >= least else {
            let words =
                portText.isEmpty
                ? "has no port behind its colon"
                : isNumber
                    ? "has a port that is not from \(least) to 65535"
                    : "has a port that is not a number"
            throw problem(part, words, write: suggestion(host))
        }
        return try checked(.host(String(host), port: Int(port)), part)
    }

    /// An address like a part that is none, if that is one; else the example.
    private func suggestion(_ part: Substring) -> String {
        guard isShown, !part.isEmpty, !part.contains("/") else { return form.example }
        let host = NetworkAddress.isVersion6(part) ? "[\(part)]" : String(part)
        let isWhole = part.contains(":") && host == part
        let text = isWhole ? host : form.example(of: host)
        return form.problem(text) == nil ? text : form.example
    }
}

extension AddressForm {
    /// A host with the port of the example.
    fileprivate func example(of host: String) -> String {
        guard let colon = example.lastIndex(of: ":") else { return host }
        return host + example[colon...]
    }
}

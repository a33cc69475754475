// SPDX-License-Identifier: Apache-2.0

// Profiles in JSON: one, or a list of them. What a profile does not know is an error, so that a
// slip of the keyboard is told and not ignored.

package import Documents

extension LedgerProfile {
    /// Reads profiles.
    ///
    /// - Throws: What is wrong with them, and where.
    package static func read(json: [UInt8]) throws(DocumentError) -> [LedgerProfile] {
        let document = try DocumentValue(json: json, depthLimit: DocumentDepth.notices)
        let root = DocumentNode(value: document)
        if case .object = document { return [try LedgerProfile(root)] }
        var profiles: [LedgerProfile] = []
        for node in try root.list() { profiles.append(try LedgerProfile(node)) }
        guard !profiles.isEmpty else { throw root.malformed("there is no profile in it") }
        return profiles
    }

    private static let keys = [
        "name", "description", "columns", "requires", "dates", "decimal", "kinds", "signs",
        "credit_signs", "posted_states", "dropped_states", "skip_prefixes", "left_out_accounts",
        "payments_lack",
    ]

    private init(_ node: DocumentNode) throws(DocumentError) {
        try Self.check(node, knows: Self.keys)
        let columns = try node.member("columns")
        try Self.check(columns, knows: LedgerField.names)
        var names: [[String]] = []
        for field in LedgerField.names { names.append(try Self.plainTexts(columns, field)) }
        self.columns = names
        name = try node.member("name").text()
        description = try node.optional("description")?.text() ?? ""
        requires = try Self.requirements(node.member("requires"))
        kinds = try Self.kinds(node)
        dates = try Self.choice(node, "dates", ["dmy": .dayFirst, "mdy": .monthFirst])
        decimal = try Self.choice(node, "decimal", [".": 0x2E, ",": 0x2C])
        signsByKind = try Self.choice(node, "signs", ["by_kind": true, "as_given": false]) ?? false
        creditSigns = try Self.plainTexts(node, "credit_signs")
        postedStates = try Self.plainTexts(node, "posted_states")
        droppedStates = try Self.plainTexts(node, "dropped_states")
        skipPrefixes = try Self.plainTexts(node, "skip_prefixes")
        leftOutAccounts = try Self.plainTexts(node, "left_out_accounts")
        guard let lacking = try node.optional("payments_lack") else {
            paymentsLack = nil
            return
        }
        paymentsLack = try Self.field(lacking.text(), at: lacking)
    }

    private static func requirements(
        _ node: DocumentNode
    ) throws(DocumentError) -> [[LedgerField]] {
        var lists: [[LedgerField]] = []
        for element in try node.list() {
            var fields: [LedgerField] = []
            for name in try element.text().split(separator: "|") {
                fields.append(try field(String(name), at: element))
            }
            lists.append(fields)
        }
        guard !lists.isEmpty else {
            throw node.malformed("name at least one field that tells this export from others")
        }
        return lists
    }

    private static func kinds(_ node: DocumentNode) throws(DocumentError) -> [String: LedgerKind] {
        guard let kinds = try node.optional("kinds") else { return [:] }
        let known: [(String, LedgerKind)] = [
            ("invoice", .invoice), ("credit_note", .creditNote), ("payment", .payment),
        ]
        try check(kinds, knows: known.map(\.0))
        var result: [String: LedgerKind] = [:]
        for (name, kind) in known {
            for text in try plainTexts(kinds, name) { result[text] = kind }
        }
        return result
    }

    private static func field(
        _ name: String,
        at node: DocumentNode
    ) throws(DocumentError) -> LedgerField {
        guard let field = LedgerField(named: name) else {
            throw node.malformed(
                "there is no field \"\(name.prefix(40))\"; the fields are "
                    + LedgerField.names.joined(separator: ", ")
            )
        }
        return field
    }

    private static func choice<Value>(
        _ node: DocumentNode,
        _ key: String,
        _ values: [String: Value]
    ) throws(DocumentError) -> Value? {
        guard let member = try node.optional(key) else { return nil }
        let text = try member.text()
        if text == "auto" { return nil }
        guard let value = values[text] else {
            throw member.malformed(
                "\"\(text.prefix(40))\" is none of "
                    + (values.keys.sorted() + ["auto"]).joined(separator: ", ")
            )
        }
        return value
    }

    private static func plainTexts(
        _ node: DocumentNode,
        _ key: String
    ) throws(DocumentError) -> [String] {
        var texts: [String] = []
        for element in try node.optional(key)?.list() ?? [] {
            let text = plain(try element.text())
            guard !text.isEmpty else {
                throw element.malformed("it has neither letters nor digits")
            }
            texts.append(text)
        }
        return texts
    }

    private static func check(_ node: DocumentNode, knows keys: [String]) throws(DocumentError) {
        guard case .object(let object) = node.value else { throw node.wrong("an object") }
        for member in object.members where !keys.contains(member.key) {
            throw node.malformed(
                "\"\(member.key.prefix(40))\" is unknown here; known are "
                    + keys.joined(separator: ", ")
            )
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

// Questions in JSON: an object a company, or a list of them; and what others have put together in
// that form.

internal import DecimalNumbers
internal import Decisions
package import Documents
internal import FEEL
package import Policies
package import Quantities
internal import VigieLimits

extension CreditQuestion {
    private static let keys = ["company", "group", "as_of", "stage", "subject", "role", "facts"]

    /// Reads questions to a policy.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - file: Its name, for messages.
    ///   - policy: The policy that is asked.
    ///   - today: The day for which is decided where a question names none.
    /// - Throws: All that is wrong with it.
    package static func read(
        json bytes: [UInt8],
        file: String,
        policy: Policy,
        today: CalendarDate
    ) throws(PolicyError) -> [CreditQuestion] {
        let value: DocumentValue
        do throws(DocumentError) {
            value = try DocumentValue(json: bytes, depthLimit: PolicyLimits.jsonDepth)
        } catch {
            throw PolicyError(
                file: file,
                path: error.place,
                message: "is not valid JSON: \(error.message). The name of a table ends in .csv."
            )
        }
        let problems = ProblemList(file: file)
        let reader = DocumentReader(value, problems)
        let readers = value.elements == nil ? [reader] : reader.array(limit: PolicyLimits.scenarios)
        let checks = FactChecks(policy)
        let questions = readers.map { CreditQuestion($0, policy, checks, today) }
        guard problems.problems.isEmpty else { throw PolicyError(problems: problems.problems) }
        return questions
    }

    /// Reads a question to a policy that came in another form than JSON.
    ///
    /// - Parameters:
    ///   - document: The question, as an object of JSON would have it.
    ///   - name: What it is called in messages.
    ///   - checks: What its facts can be, made once for many questions.
    ///   - today: The day for which is decided if the question names none.
    /// - Throws: All that is wrong with it.
    package static func read(
        document: DocumentValue,
        name: String,
        checks: FactChecks,
        today: CalendarDate
    ) throws(PolicyError) -> CreditQuestion {
        let problems = ProblemList(file: name)
        let question = CreditQuestion(
            DocumentReader(document, problems),
            checks.policy,
            checks,
            today
        )
        guard problems.problems.isEmpty else { throw PolicyError(problems: problems.problems) }
        return question
    }

    private init(
        _ reader: DocumentReader,
        _ policy: Policy,
        _ checks: FactChecks,
        _ today: CalendarDate
    ) {
        let object = reader.object(keys: Self.keys)
        self.init(
            company: object.optional("company")?.string() ?? "",
            group: object.optional("group")?.string(),
            asOf: object.optional("as_of").map(Self.day) ?? today,
            stage: object.optional("stage")?.choice(BusinessStage.self) ?? .quote,
            subject: object.optional("subject")?.choice(PolicySubject.self) ?? .legalPerson,
            role: object.optional("role")?.string()
        )
        if let role, policy.manifest.authority.role(role) == nil {
            let known = policy.manifest.authority.roles.map(\.name)
            let hint = NearestName.hint(known, to: role)
            reader.problems.add(object.path(to: "role"), "is no role of the policy.\(hint)")
        }
        let names = policy.manifest.inputs.map(\.name)
        for (name, told) in object.required("facts")?.dictionary() ?? [] {
            guard let input = policy.manifest.inputs.first(where: { $0.name == name }) else {
                let hint = NearestName.hint(names, to: name)
                reader.problems.add(told.path, "is no input of the policy.\(hint)")
                continue
            }
            let fact = Self.fact(told, input, policy)
            facts[name] = fact
            if let fact, let fault = checks.fault(fact, input, asOf: asOf) {
                reader.problems.add(told.path, fault + ".")
            }
        }
    }

    private static func fact(
        _ reader: DocumentReader,
        _ input: PolicyInput,
        _ policy: Policy
    ) -> CreditFact? {
        var told = reader
        var observed: CalendarDate?
        var source: String?
        if case .object(let object) = reader.value, input.kind != .context || object["value"] != nil
        {
            let parts = reader.object(keys: ["value", "as_of", "source"])
            observed = parts.optional("as_of").map(day)
            source = parts.optional("source")?.string()
            guard let value = parts.required("value") else { return nil }
            told = value
        }
        // The model knows what lists and contexts hold.
        let node = policy.model.node(input.name).map { policy.model.nodes[$0].type.type }
        guard let value = PolicyValue.json(told.value, node ?? input.kind.type) else {
            told.problems.add(
                told.path,
                "must be a \(input.kind.rawValue), not \(told.value.kind)."
            )
            return nil
        }
        if input.name == HeldGuarantee.input, !value.isNull {
            checkHeld(told, node ?? .any, policy)
        }
        return CreditFact(value, observed: observed, source: source)
    }

    /// Guarantees are told strictly: one without a last day that can be read would never end.
    private static func checkHeld(_ told: DocumentReader, _ type: FEELType, _ policy: Policy) {
        var keys = ["id", "amount", "valid_to"]
        if case .list(.context(let fields, _)) = type { keys += fields.map(\.name) }
        for held in told.array(limit: PolicyLimits.guarantees) {
            let parts = held.object(keys: keys)
            if let told = parts.required("id") {
                let known = policy.guarantees.map(\.identifier)
                let name = told.string()
                if !known.contains(name) {
                    let hint = NearestName.hint(known, to: name)
                    told.problems.add(told.path, "is no guarantee of the policy.\(hint)")
                }
            }
            if let told = parts.required("amount"),
                PolicyValue.json(told.value, .any).map(isAmount) != true
            {
                told.problems.add(told.path, "must be a number that is not below 0.")
            }
            _ = parts.optional("valid_to").map(day)
        }
    }

    private static func isAmount(_ value: FEELValue) -> Bool {
        if case .number(let number) = value { return !number.isNegative }
        return false
    }

    private static func day(_ reader: DocumentReader) -> CalendarDate {
        if let day = CalendarDate(reader.string()) { return day }
        reader.problems.add(reader.path, "must be a day written as 2026-01-31.")
        return .first
    }
}

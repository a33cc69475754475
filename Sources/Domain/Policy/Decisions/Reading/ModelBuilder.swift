// SPDX-License-Identifier: Apache-2.0

// Makes a model out of its files. It goes on after a problem, so that all of them are told.

internal import Documents
internal import ExactTexts
internal import FEEL
internal import VigieLimits

/// Makes a model out of its files.
final class ModelBuilder {
    let zones: FEELZones
    var problems = DecisionProblemList()
    /// The models that are read: the one that is made, then what it imports.
    var sources: [SourceModel] = []
    /// The types of each of them.
    var types: TypeTable
    var nodes: [DecisionNode] = []
    var tables: [DecisionTable] = []
    /// How many cells the tables have.
    var cellCount = 0
    /// What is written of each node, and of which model it is.
    var declarations: [Declaration] = []
    /// Nodes by the models they are of and their ids.
    var nodesByID: [NodeID: Int] = [:]

    /// A node as it is written.
    struct Declaration {
        let model: Int
        let kind: DecisionNode.Kind
        let element: XMLElement
        let name: String
    }

    /// The id of a node, in a model.
    struct NodeID: Hashable {
        let model: Int
        let id: ExactText
    }

    init(zones: FEELZones) {
        self.zones = zones
        types = TypeTable(zones: zones)
    }

    /// The model of some files; nil when nothing can be made of them.
    func model(_ files: [DecisionFile]) -> DecisionModel? {
        read(files)
        guard let main = sources.first, !problems.hasStructural else { return nil }
        for model in sources.indices { readTypes(of: model) }
        for model in sources.indices { declare(model) }
        guard checkSizes() else { return nil }
        checkIdentifiers()
        let requirements = declarations.indices.map { self.requirements(of: $0) }
        guard checkCycles(requirements) else { return nil }
        let signatures = declarations.indices.map { self.signature(of: $0, requirements[$0]) }
        for node in declarations.indices {
            nodes.append(self.node(node, requirements, signatures))
        }
        return DecisionModel(
            name: main.name,
            namespace: main.namespace,
            nodes: nodes,
            tables: tables,
            problems: problems.problems,
            zones: zones
        )
    }

    /// Notes a problem.
    func note(_ kind: DecisionProblem.Kind, _ place: DecisionPlace, _ message: String) {
        problems.add(kind, place, message)
    }

    // MARK: - Files

    /// Reads the first file and those that are imported.
    private func read(_ files: [DecisionFile]) {
        guard files.count <= DecisionLimits.files else {
            return note(
                .structure,
                DecisionPlace(file: files.first?.name ?? ""),
                "a model has more than \(DecisionLimits.files) files"
            )
        }
        let all = files.compactMap { SourceModel($0, &problems) }
        guard all.count == files.count, let first = all.first else { return }
        var byNamespace: [ExactText: Int] = [:]
        for (index, source) in all.enumerated() {
            if let other = byNamespace.updateValue(index, forKey: source.namespace) {
                note(
                    .structure,
                    DecisionPlace(file: source.file),
                    "has the same namespace as \(all[other].file)"
                )
            }
        }
        sources = [first]
        var places = [0: 0]
        var next = 0
        while next < sources.count {
            sources[next].imports = imports(of: next)
            for index in sources[next].imports.indices {
                let wanted = sources[next].imports[index]
                guard let found = byNamespace[ExactText(wanted.namespace)] else {
                    note(
                        .structure,
                        DecisionPlace(file: sources[next].file, line: wanted.line),
                        "imports \"\(shown(wanted.namespace))\", which none of the files is"
                    )
                    continue
                }
                if places[found] == nil {
                    places[found] = sources.count
                    sources.append(all[found])
                }
                sources[next].imports[index].model = places[found]
            }
            next += 1
        }
        refuseImportCycles()
    }

    private func imports(of model: Int) -> [SourceModel.Import] {
        let source = sources[model]
        var imports: [SourceModel.Import] = []
        for element in source.root.children("import") {
            let place = source.place(element)
            let type = element["importType"] ?? ""
            guard SourceModel.editions.contains(where: { $0.namespace == type }) else {
                note(
                    .structure,
                    place,
                    "imports something of the type \"\(shown(type))\": only models of DMN 1.3, 1.4 "
                        + "and 1.5 can be imported"
                )
                continue
            }
            imports.append(
                SourceModel.Import(
                    name: element["name"] ?? "",
                    namespace: element["namespace"] ?? "",
                    line: element.line
                )
            )
        }
        return imports
    }

    private func refuseImportCycles() {
        let imported = sources.map { $0.imports.compactMap(\.model) }
        guard let cycle = firstCycle(imported, atMost: DecisionLimits.files) else { return }
        let names = cycle.map { sources[$0].file }
        note(
            .structure,
            DecisionPlace(file: names.first ?? ""),
            "the models import each other: " + names.joined(separator: ", ")
        )
    }
}

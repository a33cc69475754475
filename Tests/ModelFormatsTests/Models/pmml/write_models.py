# SPDX-License-Identifier: Apache-2.0
"""Writes the small PMML models of the tests that are variations of one another.

Usage: write_models.py    writes them beside itself; run generate.py after it
"""

from pathlib import Path

HERE = Path(__file__).parent

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
  <Header copyright="The Vigie authors"/>
"""

FIELDS = {
    "margin": '<DataField name="margin" optype="continuous" dataType="double"/>',
    "debt": '<DataField name="debt" optype="continuous" dataType="double"/>',
    "staff": '<DataField name="staff" optype="continuous" dataType="integer"/>',
    "sector": """<DataField name="sector" optype="categorical" dataType="string">
      <Value value="retail"/><Value value="building"/><Value value="food"/>
    </DataField>""",
    "points": '<DataField name="points" optype="continuous" dataType="double"/>',
    "outcome": """<DataField name="outcome" optype="categorical" dataType="string">
      <Value value="healthy"/><Value value="weak"/><Value value="failed"/>
    </DataField>""",
}


def document(target: str, model: str) -> str:
    """A document of the active fields above and a target."""
    names = ["margin", "debt", "staff", "sector", target]
    fields = "\n    ".join(FIELDS[name] for name in names)
    return f"{HEAD}  <DataDictionary>\n    {fields}\n  </DataDictionary>\n{model}</PMML>\n"


def schema(target: str | None) -> str:
    """The mining schema of all fields."""
    fields = "".join(f'<MiningField name="{n}"/>' for n in ["margin", "debt", "staff", "sector"])
    if target:
        fields += f'<MiningField name="{target}" usageType="target"/>'
    return f"<MiningSchema>{fields}</MiningSchema>"


def probabilities() -> str:
    """Outputs of a classification."""
    return "".join(
        f'<OutputField name="p_{label}" optype="continuous" dataType="double"'
        f' feature="probability" value="{label}"/>'
        for label in ["healthy", "weak", "failed"]
    )


def number_tree(attributes: str, shift: float = 0.0, target: str | None = None) -> str:
    """A tree of numbers; inner nodes have scores, one has three children."""
    return f"""<TreeModel functionName="regression" {attributes}>
  {schema(target)}
  <Node id="0" score="{10 + shift}"><True/>
    <Node id="1" score="{20 + shift}" defaultChild="4">
      <SimplePredicate field="margin" operator="lessThan" value="0.1"/>
      <Node id="3" score="{1 + shift}">
        <SimplePredicate field="debt" operator="lessOrEqual" value="2.5"/></Node>
      <Node id="4" score="{2 + shift}">
        <SimplePredicate field="debt" operator="greaterThan" value="2.5"/></Node>
    </Node>
    <Node id="2" score="{30 + shift}" defaultChild="6">
      <SimplePredicate field="margin" operator="greaterOrEqual" value="0.1"/>
      <Node id="5" score="{3 + shift}">
        <SimplePredicate field="sector" operator="equal" value="building"/></Node>
      <Node id="6" score="{4 + shift}">
        <SimplePredicate field="staff" operator="greaterThan" value="40"/></Node>
      <Node id="7" score="{5 + shift}">
        <SimplePredicate field="staff" operator="lessThan" value="9"/></Node>
    </Node>
  </Node>
</TreeModel>
""".replace('<Node id="0"', '<Node id="0" defaultChild="2"')


def share(healthy: float, weak: float, failed: float, confidence: bool = False) -> str:
    """The records of the classes in a node."""
    total = healthy + weak + failed
    parts = zip(["healthy", "weak", "failed"], [healthy, weak, failed])
    return "".join(
        f'<ScoreDistribution value="{label}" recordCount="{count}"'
        + (f' confidence="{(count + 1) / (total + 3)}"' if confidence else "")
        + "/>"
        for label, count in parts
    )


def class_tree(attributes: str, target: str | None = None, flip: bool = False) -> str:
    """A tree of classes, with every kind of predicate."""
    a, b = ("debt", "margin") if flip else ("margin", "debt")
    output = ""
    if target:
        output = f"""<Output>{probabilities()}
    <OutputField name="confidence" optype="continuous" dataType="double" feature="confidence"/>
  </Output>"""
    return f"""<TreeModel functionName="classification" {attributes}>
  {schema(target)}{output}
  <Node id="0" score="healthy" recordCount="100" defaultChild="1"><True/>{share(60, 25, 15, True)}
    <Node id="1" score="weak" recordCount="55" defaultChild="4">
      <CompoundPredicate booleanOperator="surrogate">
        <SimplePredicate field="{a}" operator="lessThan" value="0.5"/>
        <SimplePredicate field="{b}" operator="greaterThan" value="1"/>
      </CompoundPredicate>{share(20, 20, 15, True)}
      <Node id="3" score="weak" recordCount="30">
        <SimpleSetPredicate field="sector" booleanOperator="isIn">
          <Array type="string" n="2">"retail" food</Array>
        </SimpleSetPredicate>{share(9, 18, 3, True)}</Node>
      <Node id="4" score="failed" recordCount="25">
        <SimpleSetPredicate field="sector" booleanOperator="isNotIn">
          <Array type="string" n="2">retail food</Array>
        </SimpleSetPredicate>{share(11, 2, 12, True)}</Node>
    </Node>
    <Node id="2" score="healthy" recordCount="45" defaultChild="5">
      <CompoundPredicate booleanOperator="or">
        <SimplePredicate field="{a}" operator="greaterOrEqual" value="0.5"/>
        <SimplePredicate field="{b}" operator="lessOrEqual" value="1"/>
      </CompoundPredicate>{share(40, 5, 0, True)}
      <Node id="5" score="healthy" recordCount="35">
        <CompoundPredicate booleanOperator="xor">
          <SimplePredicate field="staff" operator="greaterThan" value="20"/>
          <SimplePredicate field="{b}" operator="lessThan" value="0"/>
        </CompoundPredicate>{share(33, 2, 0, True)}</Node>
      <Node id="6" score="weak" recordCount="10">
        <CompoundPredicate booleanOperator="and">
          <SimplePredicate field="staff" operator="lessOrEqual" value="20"/>
          <SimplePredicate field="staff" operator="isNotMissing"/>
          <SimplePredicate field="sector" operator="notEqual" value="food"/>
        </CompoundPredicate>{share(7, 3, 0, True)}</Node>
    </Node>
  </Node>
</TreeModel>
"""


def segments(method: str, models: list[str], predicates: list[str] | None = None) -> str:
    """A segmentation of models with weights 1, 2, 4."""
    predicates = predicates or ["<True/>"] * len(models)
    inner = "".join(
        f'<Segment id="{i}" weight="{2 ** i}">{predicate}{model}</Segment>'
        for i, (predicate, model) in enumerate(zip(predicates, models))
    )
    return f'<Segmentation multipleModelMethod="{method}">{inner}</Segmentation>'


def mining(function: str, target: str, segmentation: str) -> str:
    """A mining model."""
    output = f"<Output>{probabilities()}</Output>" if function == "classification" else ""
    return document(
        target,
        f'<MiningModel functionName="{function}">{schema(target)}{output}{segmentation}'
        "</MiningModel>",
    )


def scorecard(algorithm: str) -> str:
    """A scorecard with a computed score and a reason code that two characteristics share."""
    ranks = "".join(
        f'<OutputField name="reason_{rank}" optype="categorical" dataType="string"'
        f' feature="reasonCode" rank="{rank}"/>'
        for rank in [1, 2, 3, 4]
    )
    return document(
        "points",
        f"""<Scorecard functionName="regression" initialScore="5.5" baselineScore="7"
    reasonCodeAlgorithm="{algorithm}" useReasonCodes="true">
  {schema("points")}
  <Output>
    <OutputField name="score" optype="continuous" dataType="double" feature="predictedValue"/>
    {ranks}
  </Output>
  <Characteristics>
    <Characteristic name="by margin" reasonCode="MARGIN" baselineScore="10">
      <Attribute partialScore="-3.25">
        <SimplePredicate field="margin" operator="isMissing"/></Attribute>
      <Attribute partialScore="12" reasonCode="LOSS">
        <SimplePredicate field="margin" operator="lessThan" value="0.1"/></Attribute>
      <Attribute partialScore="10.5">
        <SimplePredicate field="margin" operator="greaterOrEqual" value="0.1"/></Attribute>
    </Characteristic>
    <Characteristic name="by debt" reasonCode="DEBT" baselineScore="20">
      <Attribute>
        <SimplePredicate field="debt" operator="lessThan" value="2.5"/>
        <ComplexPartialScore>
          <Apply function="*"><FieldRef field="debt"/><Constant>10.5</Constant></Apply>
        </ComplexPartialScore>
      </Attribute>
      <Attribute partialScore="15.125">
        <SimplePredicate field="debt" operator="greaterOrEqual" value="2.5"/></Attribute>
    </Characteristic>
    <Characteristic name="by sector" reasonCode="SECTOR">
      <Attribute partialScore="1">
        <SimplePredicate field="sector" operator="equal" value="building"/></Attribute>
      <Attribute partialScore="9">
        <SimpleSetPredicate field="sector" booleanOperator="isIn">
          <Array type="string">food retail</Array></SimpleSetPredicate></Attribute>
      <Attribute partialScore="4" reasonCode="UNKNOWN"><True/></Attribute>
    </Characteristic>
    <Characteristic name="by staff" reasonCode="SECTOR">
      <Attribute partialScore="0.25" reasonCode="SMALL">
        <SimplePredicate field="staff" operator="lessThan" value="10"/></Attribute>
      <Attribute partialScore="6"><True/></Attribute>
    </Characteristic>
  </Characteristics>
</Scorecard>
""",
    )


def table(intercept: float, category: str = "") -> str:
    """A regression table with every kind of term."""
    target = f' targetCategory="{category}"' if category else ""
    return f"""<RegressionTable intercept="{intercept}"{target}>
    <NumericPredictor name="margin" coefficient="{1.25 + intercept}"/>
    <NumericPredictor name="debt" exponent="2" coefficient="-0.125"/>
    <CategoricalPredictor name="sector" value="food" coefficient="0.75"/>
    <CategoricalPredictor name="sector" value="building" coefficient="{-1.5 * intercept}"/>
    <PredictorTerm coefficient="0.01"><FieldRef field="margin"/><FieldRef field="staff"/>
    </PredictorTerm>
  </RegressionTable>
"""


def regression(method: str) -> str:
    """A regression of a number, with targets."""
    return document(
        "points",
        f"""<RegressionModel functionName="regression" normalizationMethod="{method}">
  {schema("points")}
  <Targets><Target field="points" min="0.05" max="300" rescaleFactor="2.5" rescaleConstant="1">
    <TargetValue defaultValue="0.5"/></Target></Targets>
  {table(0.3)}</RegressionModel>
""",
    )


def classification(method: str, count: int, optype: str) -> str:
    """A regression of two or three classes."""
    labels = ["healthy", "weak", "failed"][:count]
    tables = "".join(table(0.4 - 0.25 * i, label) for i, label in enumerate(labels))
    text = document(
        "outcome",
        f"""<RegressionModel functionName="classification" normalizationMethod="{method}">
  {schema("outcome")}<Output>{probabilities()}</Output>
  {tables}</RegressionModel>
""",
    )
    if count == 2:
        text = text.replace('<Value value="failed"/>', "")
        start = text.index('<OutputField name="p_failed"')
        text = text[:start] + text[text.index("/>", start) + 2 :]
    return text.replace('name="outcome" optype="categorical"', f'name="outcome" optype="{optype}"')


def write(name: str, text: str) -> None:
    (HERE / f"{name}.pmml").write_text(text)


def main() -> None:
    for strategy in ["none", "lastPrediction", "nullPrediction", "defaultChild"]:
        for last in ["Last", "Null"]:
            attributes = (
                f'missingValueStrategy="{strategy}"'
                f' noTrueChildStrategy="return{last}Prediction"'
            )
            tree = number_tree(attributes, target="points")
            write(f"tree_{strategy}_{last}", document("points", tree))
        attributes = f'missingValueStrategy="{strategy}" missingValuePenalty="0.8"'
        write(f"classes_{strategy}", document("outcome", class_tree(attributes, "outcome")))
    for strategy in ["weightedConfidence", "aggregateNodes"]:
        attributes = f'missingValueStrategy="{strategy}"'
        write(f"classes_{strategy}", document("outcome", class_tree(attributes, "outcome")))
    trees = [
        number_tree('noTrueChildStrategy="returnLastPrediction"'),
        number_tree('missingValueStrategy="lastPrediction"', 0.1),
        number_tree('missingValueStrategy="defaultChild"', 0.7),
    ]
    for method in ["sum", "average", "weightedAverage", "weightedSum", "median"]:
        write(f"mining_{method}", mining("regression", "points", segments(method, trees)))
    some = [
        '<SimplePredicate field="sector" operator="equal" value="food"/>',
        '<SimplePredicate field="margin" operator="lessThan" value="0.3"/>',
        '<SimplePredicate field="staff" operator="isNotMissing"/>',
    ]
    own = [
        number_tree('noTrueChildStrategy="returnLastPrediction"', target="points"),
        number_tree('missingValueStrategy="lastPrediction"', 0.1, target="points"),
        number_tree('missingValueStrategy="defaultChild"', 0.7, target="points"),
    ]
    text = mining("regression", "points", segments("selectFirst", own, some))
    write("mining_some_selectFirst", text)
    for method in ["sum", "average", "weightedAverage"]:
        text = mining("regression", "points", segments(method, trees, some))
        write(f"mining_some_{method}", text)
    votes = [
        class_tree('missingValueStrategy="lastPrediction"'),
        class_tree('missingValueStrategy="defaultChild"', flip=True),
        class_tree('noTrueChildStrategy="returnLastPrediction"'),
    ]
    for method in ["average", "weightedAverage", "majorityVote", "weightedMajorityVote"]:
        text = mining("classification", "outcome", segments(method, votes))
        write(f"votes_{method}", text)
    votes = [tree.replace(schema(None), schema("outcome"), 1) for tree in votes]
    text = mining("classification", "outcome", segments("selectFirst", votes, some))
    write("votes_selectFirst", text)
    for algorithm in ["pointsAbove", "pointsBelow"]:
        write(f"scorecard_{algorithm}", scorecard(algorithm))
    links = ["logit", "probit", "cloglog", "loglog", "cauchit"]
    for method in ["none", "softmax", "exp", *links]:
        write(f"regression_{method}", regression(method))
    for method in ["none", "softmax", *links]:
        write(f"two_{method}", classification(method, 2, "categorical"))
    for method in ["none", "softmax", "simplemax", "logit"]:
        write(f"three_{method}", classification(method, 3, "categorical"))
    for method in ["none", *links]:
        write(f"ordinal_{method}", classification(method, 3, "ordinal"))


if __name__ == "__main__":
    main()

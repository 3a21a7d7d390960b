"""Evaluates a Tiltfile without Tilt and writes what it asks for as JSON.

Starlark's grammar is a part of Python's: what Starlark lacks is refused by its place, the rest is run with stand-ins for Tilt's functions that
write down what they are called with. Arguments: the Tiltfile, the rendered chart as JSON, the topics file as JSON.
"""

import ast
import json
import os
import sys

FOREIGN = (
    ast.ClassDef, ast.Try, ast.With, ast.Import, ast.ImportFrom, ast.While, ast.Yield, ast.YieldFrom, ast.Raise, ast.Global, ast.Nonlocal,
    ast.Assert, ast.JoinedStr, ast.Set, ast.SetComp, ast.GeneratorExp, ast.Delete, ast.AsyncFunctionDef, ast.Await, ast.NamedExpr, ast.Is,
    ast.IsNot, ast.MatMult, ast.Pow, ast.AnnAssign, ast.Match,
)

asked = {"yaml": [], "builds": [], "commands": [], "resources": [], "contexts": []}
loaded = {}
place = []


class Blob(str):
    pass


def absolute(path):
    found = os.path.normpath(os.path.join(place[-1], path))
    if not os.path.exists(found):
        raise SystemExit("no %s, named in %s" % (found, place[-1]))
    return found


def evaluate(path):
    with open(path, encoding="utf-8") as source:
        tree = ast.parse(source.read(), path)
    for node in ast.walk(tree):
        if isinstance(node, FOREIGN):
            raise SystemExit("%s:%d: Starlark has no %s" % (path, node.lineno, type(node).__name__))
        if isinstance(node, ast.Compare) and len(node.ops) > 1:
            raise SystemExit("%s:%d: Starlark chains no comparisons" % (path, node.lineno))
    names = dict(TILT)
    place.append(os.path.dirname(path))
    try:
        exec(compile(tree, path, "exec"), names)
    finally:
        place.pop()
    return names


def load(path, *names):
    found = absolute(path)
    if found not in loaded:
        loaded[found] = evaluate(found)
    for name in names:
        sys._getframe(1).f_globals[name] = loaded[found][name]


def include(path):
    evaluate(absolute(path))


def k8s_yaml(what):
    if isinstance(what, Blob):
        asked["yaml"].append(json.loads(what))
    else:
        asked["yaml"].append({"file": absolute(what)})


def listed(**given):
    return {key: value for key, value in given.items()}


def local_resource(name, cmd, dir, deps, labels):
    asked["commands"].append(listed(name=name, cmd=cmd, dir=absolute(dir), deps=[absolute(each) for each in deps]))


def docker_build(ref, context, dockerfile, build_args, only, live_update):
    asked["builds"].append(listed(
        ref=ref, context=absolute(context), dockerfile=absolute(dockerfile), args=build_args, only=only, steps=live_update))


def k8s_resource(workload, new_name=None, resource_deps=(), port_forwards=(), links=(), labels=()):
    asked["resources"].append(listed(workload=workload, name=new_name or workload, needs=list(resource_deps), ports=list(port_forwards)))


def helm(chart, name, namespace, values):
    absolute(chart)
    for each in values:
        absolute(each)
    return Blob(open(sys.argv[2], encoding="utf-8").read())


class Settings:
    def define_string_list(self, name, usage=""):
        pass

    def parse(self):
        return {}

    def set_enabled_resources(self, names):
        raise SystemExit("nothing was narrowed down")


class Files:
    path = os.path

    def getcwd(self):
        return place[-1]


def kind(value):
    return {str: "string", Blob: "blob", list: "list", dict: "dict", int: "int", bool: "bool"}[type(value)]


TILT = {
    "__builtins__": {each: __builtins__.__dict__[each] for each in
                     ("len", "str", "range", "sorted", "dict", "list", "int", "bool", "enumerate", "zip", "any", "all", "print", "min", "max",
                      "True", "False", "None")},
    "load": load,
    "include": include,
    "config": Settings(),
    "os": Files(),
    "type": kind,
    "allow_k8s_contexts": lambda contexts: asked["contexts"].extend(contexts),
    "update_settings": lambda k8s_upsert_timeout_secs: None,
    "k8s_yaml": k8s_yaml,
    "k8s_resource": k8s_resource,
    "local_resource": local_resource,
    "docker_build": docker_build,
    "sync": lambda local, remote: ["sync", os.path.normpath(local), remote],
    "run": lambda command: ["run", command],
    "port_forward": lambda local, container, name: "%d:%d" % (local, container),
    "link": lambda url, name: url,
    "helm": helm,
    "read_file": lambda path: Blob(open(absolute(path), encoding="utf-8").read()),
    "read_yaml": lambda path: absolute(path).endswith("topics.yaml") and json.load(open(sys.argv[3], encoding="utf-8")),
    "decode_json": json.loads,
    "encode_json": lambda value: Blob(json.dumps(value)),
    "encode_yaml": lambda value: Blob(json.dumps([value])),
    "encode_yaml_stream": lambda values: Blob(json.dumps(values)),
    "decode_yaml_stream": json.loads,
}

if __name__ == "__main__":
    evaluate(os.path.abspath(sys.argv[1]))
    json.dump(asked, sys.stdout)

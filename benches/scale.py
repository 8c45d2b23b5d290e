"""Measure caselint at scale: `python benches/scale.py --notes notes/ --caselint target/release/caselint`.

The package and PySpark have to be installed. It starts a standalone cluster of Spark (a master and two workers of one core, each a
process of its own), and goes through the same notes with the command line, `check_many`, `check_arrow` and Spark in turn, several times.
It tells notes in a second of processor time, since the machine may be shared, and those as a share of the command line's. `--kill` ends a
worker with -9 in the middle of a job, compares what comes out, and goes on to skew.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark

import caselint
from caselint import spark as cs

COLUMNS = {"text": "note", "id": "id", "age": "age", "date": "date"}
SPARK_COLUMNS = {"text": "note", "id": "id", "subject_age": "age", "date": "date", "unique_ids": False}
TICK = os.sysconf("SC_CLK_TCK")


class Cluster:
    """A master and two workers of one core each."""

    def __init__(self, folder: Path, port: int = 17077, memory: str = "2g") -> None:
        self.url = f"spark://127.0.0.1:{port}"
        self.folder, self.memory = folder, memory
        home = Path(pyspark.__file__).parent
        self.environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        self.environment |= {"SPARK_NO_DAEMONIZE": "1"}
        self.master = self._start(
            "master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"
        )
        time.sleep(8)
        self.workers = [self.worker(number) for number in range(2)]

    def worker(self, number: int) -> subprocess.Popen:
        """Start a worker."""
        place = ["--webui-port", "0", "--work-dir", str(self.folder / f"work-{number}"), "--host", "127.0.0.1"]
        return self._start(
            f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--cores", "1", "--memory", self.memory, *place, self.url
        )

    def _start(self, name: str, *command: str) -> subprocess.Popen:
        log = open(self.folder / f"{name}.log", "w", encoding="utf-8")  # noqa: SIM115 - it lives as long as the process
        program = Path(pyspark.__file__).parent / "bin/spark-class"
        return subprocess.Popen([str(program), *command], env=self.environment, stdout=log, stderr=log)

    def seconds(self) -> float:
        """Processor time of the workers and all that they started."""
        children: dict[int, list[int]] = {}
        times = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(") ", 1)[1].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
            # Own time, and that of children which have ended.
            times[int(stat.parent.name)] = sum(int(field) for field in fields[11:15]) / TICK
        waiting, total = [worker.pid for worker in self.workers], 0.0
        while waiting:
            process = waiting.pop()
            total += times.get(process, 0.0)
            waiting += children.get(process, [])
        return total

    def stop(self) -> None:
        """End it."""
        for process in [*self.workers, self.master]:
            process.terminate()
            process.wait()


@contextmanager
def session(cluster: Cluster) -> Iterator[pyspark.sql.SparkSession]:
    """A session on the cluster."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = pyspark.sql.SparkSession.builder.master(cluster.url).config("spark.executor.memory", "1g").config("spark.executor.cores", "1")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.files.maxPartitionBytes": "16m",
    }.items():
        builder = builder.config(key, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    try:
        yield made
    finally:
        made.stop()


def own_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def write_lines(table: pa.Table, path: Path) -> None:
    """Write the notes as the command line reads them."""
    with path.open("w", encoding="utf-8") as out:
        for row in table.to_pylist():
            record = {"id": str(row["id"]), "text": row["note"], "date": str(row["date"]), "subject": {"age": row["age"]}}
            out.write(json.dumps(record) + "\n")


def by_command(program: str, lines: Path) -> float:
    begun = children_seconds()
    command = [program, "check", "--no-config", "--jobs", "1", "--format", "csv", "--output", "/dev/null", str(lines)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    return children_seconds() - begun


def by_python(linter: caselint.Linter, table: pa.Table) -> float:
    begun = own_seconds()
    rows = table.select(["note", "age", "date"]).to_pylist()
    records = ({"text": row["note"], "date": row["date"], "subject": {"age": row["age"]}} for row in rows)
    sum(len(result.findings) for result in linter.check_many(records, threads=1))
    return own_seconds() - begun


def by_arrow(linter: caselint.Linter, files: list[Path]) -> float:
    begun = own_seconds()
    batches = (batch for file in files for batch in pq.ParquetFile(file).iter_batches(10_000, columns=["id", "note", "age", "date"]))
    for _ in pa.RecordBatchReader.from_stream(linter.check_arrow(batches, **COLUMNS, threads=1)):
        pass
    return own_seconds() - begun


def by_spark(cluster: Cluster, spark: pyspark.sql.SparkSession, linter: caselint.Linter, files: list[Path]) -> float:
    begun = cluster.seconds()
    notes = spark.read.parquet(*map(str, files))
    cs.findings(notes, linter=linter, **SPARK_COLUMNS).write.format("noop").mode("overwrite").save()
    return cluster.seconds() - begun


def first_task(spark: pyspark.sql.SparkSession, linter: caselint.Linter) -> tuple[float, float]:
    """Seconds of the first job of ten notes, and of the second."""
    times = []
    for _ in range(2):
        begun = time.monotonic()
        df = spark.createDataFrame([(number, "She is promiscuous.") for number in range(10)], "id long, note string").coalesce(1)
        cs.findings(df, linter=linter, unique_ids=False).count()
        times.append(time.monotonic() - begun)
    return times[0], times[1]


def compare(arguments: argparse.Namespace, cluster: Cluster, folder: Path) -> None:
    """Go through the notes by each way in turn."""
    linter = caselint.Linter()
    files = sorted(arguments.notes.glob("*.parquet"))
    table = pa.concat_tables(pq.read_table(file) for file in files)
    size = sum(len(text.as_buffer()) for text in table["note"]) / len(table)
    lines = folder / "notes.jsonl"
    write_lines(table, lines)
    print(f"{len(table)} notes of {size:.0f} bytes, {pyspark.__version__=}, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with session(cluster) as spark:
        first, second = first_task(spark, linter)
        print(f"ten notes: {first:.1f} s with the first task of a worker, {second:.1f} s with the second")
        seconds: dict[str, list[float]] = {"command line": [], "check_many": [], "check_arrow": [], "Spark": []}
        walls: dict[str, list[float]] = {name: [] for name in seconds}
        for _ in range(arguments.rounds):
            for name, run in {
                "command line": lambda: by_command(arguments.caselint, lines),
                "check_many": lambda: by_python(linter, table),
                "check_arrow": lambda: by_arrow(linter, files),
                "Spark": lambda: by_spark(cluster, spark, linter, files),
            }.items():
                begun = time.monotonic()
                seconds[name].append(run())
                walls[name].append(time.monotonic() - begun)
        shares = {name: [one / other for one, other in zip(seconds["command line"], times)] for name, times in seconds.items()}
        for name, times in seconds.items():
            spread = f"{min(shares[name]):.2f} to {max(shares[name]):.2f}"
            share = statistics.median(shares[name])
            speed = len(table) / statistics.median(times)
            wall = statistics.median(walls[name])
            print(
                f"{name:<13} {speed:8.0f} notes a second of a core; {share:.2f} of the command line ({spread}); {wall:.0f} s by the clock"
            )
        engine = statistics.median(arrow / all_of_it for arrow, all_of_it in zip(seconds["check_arrow"], seconds["Spark"]))
        print(f"check_arrow is {engine:.2f} of the processor time of Spark")
        equal(spark, linter, files, lines, arguments.caselint)


def equal(spark: pyspark.sql.SparkSession, linter: caselint.Linter, files: list[Path], lines: Path, program: str) -> None:
    """Whether the findings of Spark are those of the command line, each note a file of its own, on a sample."""
    import random  # noqa: PLC0415

    sample = random.Random(1).sample(lines.read_text(encoding="utf-8").splitlines(), 500)
    with tempfile.TemporaryDirectory() as folder:
        for line in sample:
            (Path(folder) / f"{json.loads(line)['id']}.jsonl").write_text(line, encoding="utf-8")
        command = [program, "check", "--no-config", "--format", "json", folder]
        report = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
    told = {
        (record["id"], finding["rule"], finding["line"], finding["column"], finding["text"], finding["message"])
        for record in report["records"]
        for finding in record["findings"]
    }
    ids = [int(json.loads(line)["id"]) for line in sample]
    notes = spark.read.parquet(*map(str, files))
    notes = notes.where(notes.id.isin(ids))
    found = cs.findings(notes, linter=linter, words=True, **SPARK_COLUMNS)
    rows = {(str(row.id), row.rule, row.line, row.column, row.text, row.message) for row in found.collect()}
    print(f"a sample of {len(sample)} notes: {len(rows)} findings by Spark, {len(told)} by the command line, equal: {rows == told}")


def kill(arguments: argparse.Namespace, cluster: Cluster) -> None:
    """End a worker with all that it started in the middle of a job; a new one comes later. Then skew."""
    linter = caselint.Linter()
    with session(cluster) as spark:
        # The same notes in the same parts each time they are read: a limit, or parts by turns, would not have it so.
        notes = spark.read.parquet(str(arguments.notes))
        every = max(1, notes.count() // arguments.killed)
        notes = notes.where(notes.id % every == 0).repartition(16, "id")
        summed = ["count(*)", "sum(start)", "sum(hash(id, rule, start, end, voice, reason))"]

        def result() -> list:
            return cs.findings(notes, linter=linter, **SPARK_COLUMNS).selectExpr(*summed).collect()[0]

        begun = time.monotonic()
        calm = result()
        took = time.monotonic() - begun
        threading.Timer(took / 3, lambda: kill_tree(cluster.workers[0].pid)).start()
        threading.Timer(took / 3 + 5, lambda: cluster.workers.__setitem__(0, cluster.worker(0))).start()
        torn = result()
        print(f"a worker killed with -9 in the middle: {torn == calm} ({calm} before, {torn} after)")
        skew(spark, linter)


def kill_tree(pid: int) -> None:
    """Kill a process and what it started."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, encoding="utf-8", check=False).stdout.split()
    os.kill(pid, signal.SIGKILL)
    for child in children:
        kill_tree(int(child))


def skew(spark: pyspark.sql.SparkSession, linter: caselint.Linter) -> None:
    """One child with 20,000 records, and one note of 20 MB."""
    sentence = "concat('Visit ', id, '. She is promiscuous. Tea was ready.')"
    child = "if(id < 20000, 'one', concat('other-', id))"
    df = spark.range(21_000).selectExpr(
        "id", f"{child} child_id", f"{sentence} note", "date_add(date'2015-01-01', cast(id % 3000 as int)) date"
    )
    begun = time.monotonic()
    rows = cs.histories(df, date="date", linter=linter, unique_ids=False).groupBy("case").count().orderBy("count", ascending=False).take(2)
    print(f"20,000 records of one child: {rows[0]['count']} appearances in its histories, {time.monotonic() - begun:.0f} s")
    begun = time.monotonic()
    large = spark.range(50).selectExpr(
        "id", "if(id = 7, repeat('She is promiscuous. Tea was ready, and the bus came. ', 400000), 'Tea.') note"
    )
    found = cs.findings(large, linter=linter, unique_ids=False).groupBy("id").count().collect()
    print(f"a note of 20 MB: {found[0]['count']} findings, {time.monotonic() - begun:.0f} s")


def main() -> None:
    """Start a cluster, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--notes", type=Path, required=True)
    parser.add_argument("--caselint", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--killed", type=int, default=100_000, help="how many notes are checked while a worker is killed")
    parser.add_argument("--kill", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cluster = Cluster(Path(folder))
        try:
            if arguments.kill:
                kill(arguments, cluster)
            else:
                compare(arguments, cluster, Path(folder))
        finally:
            cluster.stop()


if __name__ == "__main__":
    main()

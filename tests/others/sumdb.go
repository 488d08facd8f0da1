// Checks a release of Whose Word with Go's own libraries for transparency logs, golang.org/x/mod/sumdb
// (note, tlog), which this project did not write. On standard input: JSON with "key", the verifier key,
// and "release", what `whoseword record --prove` wrote. It says what holds, a line each, and exits with 1
// at the first thing that does not.
package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type growth struct {
	Earlier string   `json:"earlier"`
	Path    []string `json:"path"`
}

type entry struct {
	Entry string   `json:"entry"`
	Path  []string `json:"path"`
}

type asked struct {
	Key     string `json:"key"`
	Release struct {
		Checkpoint string  `json:"checkpoint"`
		Entries    []entry `json:"entries"`
		Growth     *growth `json:"growth"`
	} `json:"release"`
}

func must(err error, what string) {
	if err != nil {
		fmt.Printf("does not hold: %s: %v\n", what, err)
		os.Exit(1)
	}
}

func decoded(text string) []byte {
	given, err := base64.StdEncoding.DecodeString(text)
	must(err, "base64")
	return given
}

func hashOf(text string) tlog.Hash {
	var found tlog.Hash
	copy(found[:], decoded(text))
	return found
}

func hashes(texts []string) []tlog.Hash {
	found := make([]tlog.Hash, 0, len(texts))
	for _, one := range texts {
		found = append(found, hashOf(one))
	}
	return found
}

// opened gives the size and root of a checkpoint that the key signed, and whose it is.
func opened(text, key string) (int64, tlog.Hash, string) {
	verifier, err := note.NewVerifier(key)
	must(err, "the key")
	said, err := note.Open([]byte(text), note.VerifierList(verifier))
	must(err, "the signature")
	lines := strings.Split(said.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err, "the size")
	return size, hashOf(lines[2]), lines[0]
}

// placeOf reads the place that an entry states: the second field, after the book's name.
func placeOf(given []byte) int64 {
	at := len("whoseword/entry/1\n")
	length := func() int {
		found := 0
		for _, one := range given[at : at+8] {
			found = found<<8 | int(one)
		}
		at += 8
		return found
	}
	at += length()
	size := length()
	var place int64
	for _, one := range given[at : at+size] {
		place = place<<8 | int64(one)
	}
	return place
}

func main() {
	var told asked
	must(json.NewDecoder(os.Stdin).Decode(&told), "the JSON")
	size, root, origin := opened(told.Release.Checkpoint, told.Key)
	fmt.Printf("signed: %s, %d entries\n", origin, size)
	for _, one := range told.Release.Entries {
		given := decoded(one.Entry)
		place := placeOf(given)
		must(tlog.CheckRecord(hashes(one.Path), size, root, place, tlog.RecordHash(given)), "an entry")
		fmt.Printf("stands: entry %d\n", place)
	}
	if grown := told.Release.Growth; grown != nil {
		earlier, before, _ := opened(grown.Earlier, told.Key)
		must(tlog.CheckTree(hashes(grown.Path), size, root, earlier, before), "the growth")
		fmt.Printf("begins: with the %d entries before\n", earlier)
	}
}
